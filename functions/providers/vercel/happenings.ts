import { byField, json, type Happenings } from '../happenings.ts';

export const vercelHappenings: Happenings = {
  id: '`id`',
  differ: 'each event has its own and keeps it in retries',
  ...byField('id', { type: 'deployment.created', payload: { deployment: { id: 'd' } } }),
  sameLane: [json({ id: 'c', type: 'deployment.succeeded', payload: { deployment: { id: 'd' } } })],
};
