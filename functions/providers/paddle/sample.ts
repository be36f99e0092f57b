import { paddle } from './preset.ts';
import type { Sample } from '../sample.ts';

export const paddleSample: Sample = {
  source: paddle(),
  key: { secret: 'pdl_ntfset_01gkdqedjv2k5b_sample' },
  covers: 'body',
  request: (now) => ({
    body: JSON.stringify({
      event_id: 'evt_01hv8wptq8987qeep44cpmwhqt',
      event_type: 'transaction.completed',
      occurred_at: now.toISOString(),
      notification_id: 'ntf_01hv8wptvc7hjq8c8tqxfxxx0e',
      data: { id: 'txn_01hv8wptq8987qeep44cyrewp9', status: 'completed', currency_code: 'EUR' },
    }),
  }),
  events: [
    {
      eventId: 'evt_01hv8wptq8987qeep44cpmwhqt',
      type: 'transaction.completed',
      lane: 'txn_01hv8wptq8987qeep44cyrewp9',
    },
  ],
};
