import { mollieEvents } from './preset.ts';
import type { Sample } from '../sample.ts';

export const mollieEventsSample: Sample = {
  source: mollieEvents(),
  key: { secret: 'a signing secret of your own' },
  covers: 'body',
  request: (now) => ({
    body: JSON.stringify({
      resource: 'event',
      id: 'event_GvJ8WHrp5isUdRub9CJyH',
      type: 'payment-link.paid',
      entityId: 'pl_qng5gbbv8NAZ5gpM5ZYgx',
      createdAt: now.toISOString(),
      _embedded: { entity: { resource: 'payment-link', id: 'pl_qng5gbbv8NAZ5gpM5ZYgx' } },
    }),
  }),
  events: [
    {
      eventId: 'event_GvJ8WHrp5isUdRub9CJyH',
      type: 'payment-link.paid',
      lane: 'pl_qng5gbbv8NAZ5gpM5ZYgx',
    },
  ],
};
