import { json, type Happenings } from '../happenings.ts';

export const frontHappenings: Happenings = {
  id: '`payload.id`',
  differ: 'each event has its own',
  first: json({ type: 'tag_added', payload: { id: 'a', conversation: { id: 'v' } } }),
  second: json({ type: 'tag_added', payload: { id: 'b', conversation: { id: 'v' } } }),
  sameLane: [json({ type: 'message_received', payload: { id: 'c', conversation: { id: 'v' } } })],
};
