import { byField, json, type Happenings } from '../happenings.ts';

export const eventbridgeHappenings: Happenings = {
  id: '`id`',
  differ: 'each event has its own, the same for all rules that it matches',
  ...byField('id', { 'detail-type': 'Object Created', source: 'aws.s3', resources: ['r'] }),
  sameLane: [json({ id: 'c', 'detail-type': 'Object Deleted', source: 'aws.s3', resources: ['r'] })],
};
