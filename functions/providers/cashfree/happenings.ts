import { json, type Happenings } from '../happenings.ts';

export const cashfreeHappenings: Happenings = {
  id: 'digest of the bytes',
  differ: '`event_time` and the payment',
  repeats: 'two equal events of one payment within one second',
  first: json({
    type: 'PAYMENT_FAILED_WEBHOOK',
    event_time: '2026-03-01T12:00:00+05:30',
    data: { order: { order_id: 'o' } },
  }),
  second: json({
    type: 'PAYMENT_FAILED_WEBHOOK',
    event_time: '2026-03-01T12:00:01+05:30',
    data: { order: { order_id: 'o' } },
  }),
  sameLane: [json({ type: 'PAYMENT_SUCCESS_WEBHOOK', data: { order: { order_id: 'o' } } })],
};
