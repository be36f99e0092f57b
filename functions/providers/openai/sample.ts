import { openai } from './preset.ts';
import type { Sample } from '../sample.ts';

export const openaiSample: Sample = {
  source: openai(),
  key: { secret: 'whsec_RdvaYFYUXuIFuEbvZHwMfYFhUf7aMYjY' },
  covers: 'body',
  request: (now) => ({
    body: JSON.stringify({
      id: 'evt_685343a1381c819085d44c354e1b330e',
      object: 'event',
      created_at: Math.floor(now.getTime() / 1000),
      type: 'response.completed',
      data: { id: 'resp_abc123' },
    }),
    headers: { 'webhook-id': 'wh_685342e6c53c8190a1be43f081506c52' },
  }),
  events: [
    { eventId: 'wh_685342e6c53c8190a1be43f081506c52', type: 'response.completed', lane: 'resp_abc123' },
  ],
};
