import { replicate } from './preset.ts';
import type { Sample } from '../sample.ts';

export const replicateSample: Sample = {
  source: replicate(),
  key: { secret: 'whsec_5WbX5kEWLlfzsGNjH64I8lOOqUB6e8FH' },
  covers: 'body',
  request: (now) => ({
    body: JSON.stringify({
      id: 'ufawqhfynnddngldkgtslldrkq',
      status: 'succeeded',
      input: { prompt: 'ein Bär' },
      output: ['https://replicate.delivery/1.png'],
      completed_at: now.toISOString(),
    }),
    headers: { 'webhook-id': 'msg_31w83sxmDNGwOuEthce5gg56FcC' },
  }),
  events: [
    { eventId: 'msg_31w83sxmDNGwOuEthce5gg56FcC', type: 'succeeded', lane: 'ufawqhfynnddngldkgtslldrkq' },
  ],
};
