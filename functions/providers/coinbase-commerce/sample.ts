import { coinbaseCommerce } from './preset.ts';
import type { Sample } from '../sample.ts';

export const coinbaseCommerceSample: Sample = {
  source: coinbaseCommerce(),
  key: { secret: '80e8e8a2-0c0e-4b0e-8bd1-c2d8f9e8a3b4' },
  covers: 'body',
  request: (now) => ({
    body: JSON.stringify({
      id: 1,
      scheduled_for: now.toISOString(),
      attempt_number: 1,
      event: {
        id: '24934862-d980-46cb-9402-43c81b0cdba6',
        resource: 'event',
        type: 'charge:confirmed',
        api_version: '2018-03-22',
        created_at: now.toISOString(),
        data: {
          id: '1c1c8a2d-6f0e-4b0a-9a5a-0d4b9c8f7e6d',
          code: '66BEOV2A',
          name: 'The Sovereign Individual',
        },
      },
    }),
  }),
  events: [
    {
      eventId: '24934862-d980-46cb-9402-43c81b0cdba6',
      type: 'charge:confirmed',
      lane: '1c1c8a2d-6f0e-4b0a-9a5a-0d4b9c8f7e6d',
    },
  ],
};
