import { cursor } from './preset.ts';
import type { Sample } from '../sample.ts';

export const cursorSample: Sample = {
  source: cursor(),
  key: { secret: 'a secret of your own' },
  covers: 'body',
  request: () => ({
    body: JSON.stringify({
      event: 'statusChange',
      timestamp: '2026-03-01T12:00:00Z',
      id: 'bc_abc123',
      status: 'FINISHED',
    }),
    headers: { 'x-webhook-id': 'msg_1', 'x-webhook-event': 'statusChange' },
  }),
  events: [{ eventId: 'msg_1', type: 'statusChange.FINISHED', lane: 'bc_abc123' }],
};
