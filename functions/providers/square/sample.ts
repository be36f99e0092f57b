import { square } from './preset.ts';
import type { Sample } from '../sample.ts';

export const squareSample: Sample = {
  source: square({ publicUrl: 'https://hooks.example.com/webhooks/square' }),
  key: { secret: 'asdf1234' },
  covers: 'body',
  request: (now) => ({
    body: JSON.stringify({
      merchant_id: '6SSW7HV8K2ST5',
      type: 'payment.updated',
      event_id: '6a8f5f28-54a1-4eb0-a98a-3111513fd4fc',
      created_at: now.toISOString(),
      data: {
        type: 'payment',
        id: 'hYy9pRFVxpDsO1FB05SunFWUe9JZY',
        object: { payment: { id: 'hYy9pRFVxpDsO1FB05SunFWUe9JZY', status: 'COMPLETED', note: 'Grüße' } },
      },
    }),
  }),
  events: [
    {
      eventId: '6a8f5f28-54a1-4eb0-a98a-3111513fd4fc',
      type: 'payment.updated',
      lane: 'hYy9pRFVxpDsO1FB05SunFWUe9JZY',
    },
  ],
};
