import { byField, json, type Happenings } from '../happenings.ts';

export const teamsHappenings: Happenings = {
  id: '`id` and conversation',
  differ: 'each activity of a conversation has its own',
  ...byField('id', { type: 'message', conversation: { id: 'v' } }),
  sameLane: [json({ id: 'c', type: 'message', conversation: { id: 'v' } })],
};
