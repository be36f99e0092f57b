import { cashfree } from './preset.ts';
import type { Sample } from '../sample.ts';

export const cashfreeSample: Sample = {
  source: cashfree(),
  key: { secret: 'a secret of your own' },
  covers: 'body',
  request: () => ({
    body: JSON.stringify({
      type: 'PAYMENT_SUCCESS_WEBHOOK',
      event_time: '2026-03-01T12:00:00+05:30',
      data: { order: { order_id: 'order_1' }, payment: { cf_payment_id: '1453002795' } },
    }),
  }),
  events: [{ type: 'PAYMENT_SUCCESS_WEBHOOK', lane: 'order_1' }],
};
