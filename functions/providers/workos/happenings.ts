import { byField, json, type Happenings } from '../happenings.ts';

export const workosHappenings: Happenings = {
  id: '`id`',
  differ: 'each event has its own',
  ...byField('id', { event: 'dsync.user.updated', data: { id: 'u' } }),
  sameLane: [json({ id: 'c', event: 'dsync.user.deleted', data: { id: 'u' } })],
};
