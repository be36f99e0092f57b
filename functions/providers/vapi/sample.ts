import { vapi } from './preset.ts';
import type { Sample } from '../sample.ts';

export const vapiSample: Sample = {
  source: vapi(),
  key: { secret: 'a secret of your own' },
  covers: 'body',
  request: () => ({
    body: JSON.stringify({
      message: { type: 'status-update', status: 'ended', timestamp: 1772366400000, call: { id: 'c1' } },
    }),
  }),
  events: [{ type: 'status-update', lane: 'c1' }],
};
