import { pandadoc } from './preset.ts';
import type { Sample } from '../sample.ts';

export const pandadocSample: Sample = {
  source: pandadoc(),
  key: { secret: 'a secret of your own' },
  covers: 'body',
  proof: ['query:signature'],
  request: () => ({
    body: JSON.stringify([
      {
        event: 'document_state_changed',
        data: { id: 'd1', status: 'document.sent', date_modified: '2026-03-01T12:00:00.000000Z' },
      },
    ]),
    headers: { 'x-pandadoc-webhook-event-id': 'e1' },
  }),
  events: [{ type: 'document_state_changed', lane: 'd1' }],
};
