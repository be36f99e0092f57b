import { telnyx } from './preset.ts';
import { sampleEd25519Keys } from '../../signatures/sample-ed25519-keys.ts';
import type { Sample } from '../sample.ts';

export const telnyxSample: Sample = {
  source: telnyx(),
  key: { secret: sampleEd25519Keys.publicBase64, privateKey: sampleEd25519Keys.privateKey },
  covers: 'body',
  request: (now) => ({
    body: JSON.stringify({
      data: {
        id: '0ccc7b54-4df3-4bca-a65a-3da1ecc777f0',
        record_type: 'event',
        event_type: 'call.answered',
        occurred_at: now.toISOString(),
        payload: {
          call_session_id: '428c31b6-7af4-4bcb-b68e-5013ef9657c1',
          from: '+35319605860',
          state: 'ü',
        },
      },
      meta: { attempt: 1 },
    }),
  }),
  events: [
    {
      eventId: '0ccc7b54-4df3-4bca-a65a-3da1ecc777f0',
      type: 'call.answered',
      lane: '428c31b6-7af4-4bcb-b68e-5013ef9657c1',
    },
  ],
};
