import { nylas } from './preset.ts';
import type { Sample } from '../sample.ts';

export const nylasSample: Sample = {
  source: nylas(),
  key: { secret: 'a secret of your own' },
  covers: 'body',
  request: () => ({
    body: JSON.stringify({
      specversion: '1.0',
      id: 'JaJVGNTdmBLb',
      type: 'message.created',
      source: '/google/emails/realtime',
      time: 1772366400,
      data: { object: { id: 'm1', grant_id: 'g1' } },
    }),
  }),
  events: [{ eventId: 'JaJVGNTdmBLb', type: 'message.created', lane: 'm1' }],
};
