import { byHeader, type Happenings } from '../happenings.ts';

export const svixHappenings: Happenings = {
  id: '`svix-id`',
  differ: 'each message has its own and keeps it in retries',
  ...byHeader('svix-id', { type: 't' }),
};
