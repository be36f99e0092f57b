import { elevenlabs } from './preset.ts';
import type { Sample } from '../sample.ts';

export const elevenlabsSample: Sample = {
  source: elevenlabs(),
  key: { secret: 'a secret of your own' },
  covers: 'body',
  request: () => ({
    body: JSON.stringify({
      type: 'post_call_transcription',
      event_timestamp: 1772366400,
      data: { agent_id: 'a', conversation_id: 'c1', transcript: [] },
    }),
  }),
  events: [{ type: 'post_call_transcription', lane: 'c1' }],
};
