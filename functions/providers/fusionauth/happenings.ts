import { json, type Happenings } from '../happenings.ts';

export const fusionauthHappenings: Happenings = {
  id: '`event.id`',
  differ: 'each event has its own and keeps it in retries',
  first: json({ event: { id: 'a', type: 'user.login.success', user: { id: 'u' } } }),
  second: json({ event: { id: 'b', type: 'user.login.success', user: { id: 'u' } } }),
  sameLane: [json({ event: { id: 'c', type: 'user.delete', user: { id: 'u' } } })],
};
