import { json, type Happenings } from '../happenings.ts';

export const revenuecatHappenings: Happenings = {
  id: '`event.id`',
  differ: 'each event has its own and keeps it in retries',
  first: json({ event: { id: 'a', type: 'RENEWAL', app_user_id: 'u' } }),
  second: json({ event: { id: 'b', type: 'RENEWAL', app_user_id: 'u' } }),
  sameLane: [json({ event: { id: 'c', type: 'CANCELLATION', app_user_id: 'u' } })],
};
