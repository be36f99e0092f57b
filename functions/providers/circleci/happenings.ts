import { byField, json, type Happenings } from '../happenings.ts';

export const circleciHappenings: Happenings = {
  id: '`id`',
  differ: 'each event has its own and keeps it in retries',
  ...byField('id', { type: 'job-completed', workflow: { id: 'w' } }),
  sameLane: [json({ id: 'c', type: 'workflow-completed', workflow: { id: 'w' } })],
};
