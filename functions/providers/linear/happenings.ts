import { byHeader, json, type Happenings } from '../happenings.ts';

export const linearHappenings: Happenings = {
  id: '`Linear-Delivery`',
  differ: 'each delivery has its own and keeps it in retries',
  ...byHeader('linear-delivery', {
    action: 'update',
    type: 'Issue',
    data: { id: 'i' },
    webhookTimestamp: 1,
  }),
  again: json(
    { action: 'update', type: 'Issue', data: { id: 'i' }, webhookTimestamp: 60_001 },
    { 'linear-delivery': 'a' },
  ),
  sameLane: [
    json({ action: 'create', type: 'Comment', data: { id: 'c', issueId: 'i' } }, { 'linear-delivery': 'c' }),
  ],
};
