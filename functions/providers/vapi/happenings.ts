import { json, type Happenings } from '../happenings.ts';

export const vapiHappenings: Happenings = {
  id: 'digest of the bytes',
  differ: '`timestamp`, to the millisecond, and the message',
  first: json({ message: { type: 'speech-update', timestamp: 1, call: { id: 'k' } } }),
  second: json({ message: { type: 'speech-update', timestamp: 2, call: { id: 'k' } } }),
  sameLane: [json({ message: { type: 'hang', timestamp: 3, call: { id: 'k' } } })],
};
