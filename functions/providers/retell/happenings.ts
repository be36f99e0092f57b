import { json, type Happenings } from '../happenings.ts';

export const retellHappenings: Happenings = {
  id: 'digest of the bytes',
  differ: 'the event, and the call as it is by then',
  repeats: 'two updates of a transcript that are equal to the byte',
  first: json({ event: 'transcript_updated', call: { call_id: 'k', transcript: 'a' } }),
  second: json({ event: 'transcript_updated', call: { call_id: 'k', transcript: 'ab' } }),
  sameLane: [json({ event: 'call_ended', call: { call_id: 'k' } })],
};
