import { sanity } from './preset.ts';
import type { Sample } from '../sample.ts';

export const sanitySample: Sample = {
  source: sanity(),
  key: { secret: 'a secret of your own' },
  covers: 'body',
  request: () => ({
    body: JSON.stringify({ _id: 'd1', _type: 'post', title: 'Grüße', _updatedAt: '2026-03-01T12:00:00Z' }),
    headers: { 'idempotency-key': 'k1', 'sanity-operation': 'update', 'sanity-document-id': 'd1' },
  }),
  events: [{ eventId: 'k1', type: 'update', lane: 'd1' }],
};
