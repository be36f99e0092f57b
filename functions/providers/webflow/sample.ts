import { webflow } from './preset.ts';
import type { Sample } from '../sample.ts';

export const webflowSample: Sample = {
  source: webflow(),
  key: { secret: 'a secret of your own' },
  covers: 'body',
  request: () => ({
    body: JSON.stringify({
      triggerType: 'collection_item_changed',
      payload: { id: 'i1', siteId: 's1', lastUpdated: '2026-03-01T12:00:00.000Z' },
    }),
  }),
  events: [{ type: 'collection_item_changed', lane: 'i1' }],
};
