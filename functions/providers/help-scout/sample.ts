import { helpScout } from './preset.ts';
import type { Sample } from '../sample.ts';

export const helpScoutSample: Sample = {
  source: helpScout(),
  key: { secret: 'a secret of your own' },
  covers: 'body',
  request: () => ({
    body: JSON.stringify({ id: 11, number: 12, subject: 'Grüße', userUpdatedAt: '2026-03-01T12:00:00Z' }),
    headers: { 'x-helpscout-event': 'convo.created' },
  }),
  events: [{ type: 'convo.created', lane: 'convo/11' }],
};
