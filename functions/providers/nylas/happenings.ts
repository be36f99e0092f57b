import { byField, json, type Happenings } from '../happenings.ts';

export const nylasHappenings: Happenings = {
  id: '`id`',
  differ: 'each notification has its own and keeps it in retries',
  ...byField('id', { type: 'message.updated', data: { object: { id: 'm' } } }),
  sameLane: [json({ id: 'c', type: 'message.opened', data: { object: { id: 'm' } } })],
};
