import { lithic } from './preset.ts';
import type { Sample } from '../sample.ts';

export const lithicSample: Sample = {
  source: lithic(),
  key: { secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw' },
  covers: 'body',
  request: () => ({
    body: JSON.stringify({ event_type: 'card_transaction.updated', token: 't1', card_token: 'c1' }),
    headers: { 'webhook-id': 'msg_1' },
  }),
  events: [{ eventId: 'msg_1', type: 'card_transaction.updated', lane: 'c1' }],
};
