import { json, type Happenings } from '../happenings.ts';

export const adyenPlatformHappenings: Happenings = {
  id: 'digest of the bytes',
  differ: '`timestamp` of the webhook, and the state of its object',
  first: json({
    type: 'balancePlatform.transfer.updated',
    timestamp: '2026-03-01T12:00:00+01:00',
    data: { id: 'T1', status: 'booked' },
  }),
  second: json({
    type: 'balancePlatform.transfer.updated',
    timestamp: '2026-03-01T12:00:01+01:00',
    data: { id: 'T1', status: 'booked' },
  }),
  sameLane: [json({ type: 'balancePlatform.transfer.created', data: { id: 'T1' } })],
};
