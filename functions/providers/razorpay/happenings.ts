import { byHeader, json, type Happenings } from '../happenings.ts';

export const razorpayHappenings: Happenings = {
  id: '`x-razorpay-event-id`',
  differ: 'each event has its own',
  ...byHeader('x-razorpay-event-id', {
    event: 'payment.captured',
    created_at: 1,
    payload: { payment: { entity: { id: 'p' } } },
  }),
  sameLane: [
    json(
      { event: 'payment.failed', payload: { payment: { entity: { id: 'p' } } } },
      { 'x-razorpay-event-id': 'c' },
    ),
  ],
};
