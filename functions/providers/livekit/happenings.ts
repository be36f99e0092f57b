import { byField, json, type Happenings } from '../happenings.ts';

export const livekitHappenings: Happenings = {
  id: '`id`',
  differ: 'each event has its own',
  ...byField('id', { event: 'track_published', room: { name: 'r' } }),
  sameLane: [json({ id: 'c', event: 'egress_ended', egressInfo: { roomName: 'r' } })],
};
