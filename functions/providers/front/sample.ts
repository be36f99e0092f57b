import { front } from './preset.ts';
import type { Sample } from '../sample.ts';

export const frontSample: Sample = {
  source: front(),
  key: { secret: 'a secret of your own' },
  covers: 'body',
  request: () => ({
    body: JSON.stringify({
      type: 'message_received',
      authorization: { id: 'cmp_1' },
      payload: { id: 'evt_1', emitted_at: 1772366400, conversation: { id: 'cnv_1' } },
    }),
  }),
  events: [{ eventId: 'evt_1', type: 'message_received', lane: 'cnv_1' }],
};
