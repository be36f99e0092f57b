import { byField, json, type Happenings } from '../happenings.ts';

export const segmentHappenings: Happenings = {
  id: '`messageId`',
  differ: 'each call has its own',
  ...byField('messageId', { type: 'track', event: 'Clicked', userId: 'u' }),
  sameLane: [json({ messageId: 'c', type: 'identify', userId: 'u' })],
};
