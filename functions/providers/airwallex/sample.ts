import { airwallex } from './preset.ts';
import type { Sample } from '../sample.ts';

export const airwallexSample: Sample = {
  source: airwallex(),
  key: { secret: 'a secret of your own' },
  covers: 'body',
  request: () => ({
    body: JSON.stringify({
      id: 'evt_1',
      name: 'payment_intent.succeeded',
      created_at: '2026-03-01T12:00:00+0000',
      data: { object: { id: 'int_1' } },
    }),
  }),
  events: [{ eventId: 'evt_1', type: 'payment_intent.succeeded', lane: 'int_1' }],
};
