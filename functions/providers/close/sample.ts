import { close } from './preset.ts';
import type { Sample } from '../sample.ts';

export const closeSample: Sample = {
  source: close(),
  key: { secret: 'a5b1d5e7c02f4ab36d0e4b8c6f7a9e21' },
  covers: 'body',
  request: () => ({
    body: JSON.stringify({
      event: {
        id: 'ev_1',
        object_type: 'opportunity',
        object_id: 'oppo_1',
        lead_id: 'lead_1',
        action: 'updated',
        date_updated: '2026-03-01T12:00:00.000000',
      },
      subscription_id: 'whsub_1',
    }),
  }),
  events: [{ eventId: 'ev_1', type: 'opportunity.updated', lane: 'lead_1' }],
};
