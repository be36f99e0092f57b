import { revolut } from './preset.ts';
import type { Sample } from '../sample.ts';

export const revolutSample: Sample = {
  source: revolut(),
  key: { secret: 'a secret of your own' },
  covers: 'body',
  request: () => ({
    body: JSON.stringify({
      event: 'TransactionStateChanged',
      timestamp: '2026-03-01T12:00:00.000000Z',
      data: { id: 't1', old_state: 'pending', new_state: 'completed' },
    }),
  }),
  events: [{ type: 'TransactionStateChanged', lane: 't1' }],
};
