import { teams } from './preset.ts';
import type { Sample } from '../sample.ts';

export const teamsSample: Sample = {
  source: teams(),
  key: { secret: 'MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw' },
  covers: 'body',
  request: () => ({
    body: JSON.stringify({
      type: 'message',
      id: '1485983408511',
      timestamp: '2026-03-01T12:00:00.000Z',
      conversation: { id: '19:x@thread' },
      text: '<at>bot</at> Grüße',
    }),
  }),
  events: [{ eventId: '1485983408511/19:x@thread', type: 'message', lane: '19:x@thread' }],
};
