import { brex } from './preset.ts';
import type { Sample } from '../sample.ts';

export const brexSample: Sample = {
  source: brex(),
  key: { secret: 'whsec_QnJleCBzYW1wbGUgc2VjcmV0IGZvciB0cnlpbmc=' },
  covers: 'body',
  request: (now) => ({
    body: JSON.stringify({
      event_type: 'TRANSFER_PROCESSED',
      transfer_id: 'ptx_ckabcd',
      company_id: 'cuacc_cjabc',
      processed_at: now.toISOString(),
    }),
    headers: { 'webhook-id': 'msg_1srOrx2ZWZBpBUvZwXKQmoEYga2' },
  }),
  events: [{ eventId: 'msg_1srOrx2ZWZBpBUvZwXKQmoEYga2', type: 'TRANSFER_PROCESSED', lane: 'ptx_ckabcd' }],
};
