import { razorpay } from './preset.ts';
import type { Sample } from '../sample.ts';

export const razorpaySample: Sample = {
  source: razorpay(),
  key: { secret: 'a secret of your own' },
  covers: 'body',
  request: (now) => ({
    body: JSON.stringify({
      entity: 'event',
      account_id: 'acc_BFQ7uQEaa7j2z7',
      event: 'payment.captured',
      contains: ['payment'],
      payload: { payment: { entity: { id: 'pay_DESlfW9H8K9uqM', amount: 100, notes: { name: 'Ünal' } } } },
      created_at: Math.floor(now.getTime() / 1000),
    }),
    headers: { 'x-razorpay-event-id': 'DESlr7DGpB0VgC' },
  }),
  events: [{ eventId: 'DESlr7DGpB0VgC', type: 'payment.captured', lane: 'pay_DESlfW9H8K9uqM' }],
};
