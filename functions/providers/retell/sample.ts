import { retell } from './preset.ts';
import type { Sample } from '../sample.ts';

export const retellSample: Sample = {
  source: retell(),
  key: { secret: 'a secret of your own' },
  covers: 'body',
  request: () => ({
    body: JSON.stringify({
      event: 'call_ended',
      call: { call_id: 'c1', end_timestamp: 1772366400000, transcript: 'Grüße' },
    }),
  }),
  events: [{ type: 'call_ended', lane: 'c1' }],
};
