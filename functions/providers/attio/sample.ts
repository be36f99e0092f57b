import { attio } from './preset.ts';
import type { Sample } from '../sample.ts';

export const attioSample: Sample = {
  source: attio(),
  key: { secret: 'a secret of your own' },
  covers: 'body',
  request: () => ({
    body: JSON.stringify({
      webhook_id: 'w',
      events: [
        {
          event_type: 'record.updated',
          id: { workspace_id: 'ws', object_id: 'o', record_id: 'r', attribute_id: 'a' },
        },
      ],
    }),
    headers: { 'idempotency-key': 'b7e2' },
  }),
  events: [{ type: 'record.updated', lane: 'r' }],
};
