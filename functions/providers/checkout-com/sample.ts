import { checkoutCom } from './preset.ts';
import type { Sample } from '../sample.ts';

export const checkoutComSample: Sample = {
  source: checkoutCom(),
  key: { secret: 'a secret of your own' },
  covers: 'body',
  request: () => ({
    body: JSON.stringify({
      id: 'evt_az5sblvku4ge3dwpztvyizgcau',
      type: 'payment_captured',
      created_on: '2026-03-01T12:00:00Z',
      data: { id: 'pay_1' },
    }),
  }),
  events: [{ eventId: 'evt_az5sblvku4ge3dwpztvyizgcau', type: 'payment_captured', lane: 'pay_1' }],
};
