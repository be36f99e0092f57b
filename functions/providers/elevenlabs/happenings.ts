import { json, type Happenings } from '../happenings.ts';

export const elevenlabsHappenings: Happenings = {
  id: 'digest of the bytes',
  differ: 'the kind, the conversation and the second',
  repeats: 'two equal events of one conversation within one second',
  first: json({ type: 'post_call_audio', event_timestamp: 1, data: { conversation_id: 'v' } }),
  second: json({ type: 'post_call_audio', event_timestamp: 2, data: { conversation_id: 'v' } }),
  sameLane: [json({ type: 'post_call_transcription', event_timestamp: 1, data: { conversation_id: 'v' } })],
};
