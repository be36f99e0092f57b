import { byHeader, json, type Happenings } from '../happenings.ts';

export const clerkHappenings: Happenings = {
  id: '`svix-id`',
  differ: 'each message has its own and keeps it in retries',
  ...byHeader('svix-id', { type: 'user.updated', data: { id: 'u' } }),
  sameLane: [json({ type: 'user.deleted', data: { id: 'u' } }, { 'svix-id': 'c' })],
};
