import { withHeader } from '../../signatures/with-header.ts';
import { revenuecat } from './preset.ts';
import type { Sample } from '../sample.ts';

export const revenuecatSample: Sample = {
  source: revenuecat(),
  key: { secret: 'Bearer a-token-of-your-own' },
  covers: 'nothing',
  request: () => ({
    body: JSON.stringify({
      api_version: '1.0',
      event: {
        id: '12345678-1234',
        type: 'RENEWAL',
        app_user_id: 'u1',
        original_app_user_id: 'u0',
        event_timestamp_ms: 1772366400000,
      },
    }),
  }),
  sign: (request, { secret }) => withHeader(request, 'authorization', secret),
  events: [{ eventId: '12345678-1234', type: 'RENEWAL', lane: 'u0' }],
};
