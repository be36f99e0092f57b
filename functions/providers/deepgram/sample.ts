import { withHeader } from '../../signatures/with-header.ts';
import { deepgram } from './preset.ts';
import type { Sample } from '../sample.ts';

export const deepgramSample: Sample = {
  source: deepgram(),
  key: { secret: 'a secret of your own' },
  covers: 'nothing',
  request: () => ({
    body: JSON.stringify({
      metadata: { request_id: '8ab4', created: '2026-03-01T12:00:00.000Z' },
      results: { channels: [] },
    }),
  }),
  sign: (request, { secret }) => withHeader(request, 'dg-token', secret),
  events: [{ eventId: '8ab4', type: 'deepgram', lane: '8ab4' }],
};
