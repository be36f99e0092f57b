import { byHeader, json, type Happenings } from '../happenings.ts';

export const resendHappenings: Happenings = {
  id: '`svix-id`',
  differ: 'each message has its own and keeps it in retries',
  ...byHeader('svix-id', { type: 'email.opened', data: { email_id: 'e' } }),
  sameLane: [json({ type: 'email.clicked', data: { email_id: 'e' } }, { 'svix-id': 'c' })],
};
