import { lemonSqueezy } from './preset.ts';
import type { Sample } from '../sample.ts';

export const lemonSqueezySample: Sample = {
  source: lemonSqueezy(),
  key: { secret: 'a signing secret of your own' },
  covers: 'body',
  request: () => ({
    body: JSON.stringify({
      meta: { event_name: 'subscription_updated', custom_data: { customer_id: 25 } },
      data: {
        type: 'subscriptions',
        id: '1',
        attributes: { status: 'active', updated_at: '2026-01-15T09:30:00.000000Z' },
      },
    }),
    headers: { 'x-event-name': 'subscription_updated' },
  }),
  events: [
    {
      eventId: '43cfec0424bd347ee1dd0541f240a0fecf3d513973b3e4040cc6961507a3987b',
      type: 'subscription_updated',
      lane: 'subscriptions/1',
    },
  ],
};
