import { segment } from './preset.ts';
import type { Sample } from '../sample.ts';

export const segmentSample: Sample = {
  source: segment(),
  key: { secret: 'a secret of your own' },
  covers: 'body',
  request: () => ({
    body: JSON.stringify({
      messageId: 'ajs-1',
      type: 'track',
      event: 'Order Completed',
      userId: 'u1',
      timestamp: '2026-03-01T12:00:00.000Z',
    }),
  }),
  events: [{ eventId: 'ajs-1', type: 'track.Order Completed', lane: 'u1' }],
};
