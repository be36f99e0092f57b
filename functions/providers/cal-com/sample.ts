import { calCom } from './preset.ts';
import type { Sample } from '../sample.ts';

export const calComSample: Sample = {
  source: calCom(),
  key: { secret: 'a secret of your own' },
  covers: 'body',
  request: () => ({
    body: JSON.stringify({
      triggerEvent: 'BOOKING_CREATED',
      createdAt: '2026-03-01T12:00:00.000Z',
      payload: { uid: 'bFJeNb2uX8ANpT3JL5EfXw', title: 'Grüße' },
    }),
  }),
  events: [{ type: 'BOOKING_CREATED', lane: 'bFJeNb2uX8ANpT3JL5EfXw' }],
};
