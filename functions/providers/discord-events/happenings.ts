import { json, type Happenings } from '../happenings.ts';

export const discordEventsHappenings: Happenings = {
  id: 'digest of the bytes',
  differ: '`event.timestamp`, to the microsecond',
  first: json({
    type: 1,
    event: { type: 'ENTITLEMENT_UPDATE', timestamp: '2026-03-01T12:00:00.000001', data: { id: 'e' } },
  }),
  second: json({
    type: 1,
    event: { type: 'ENTITLEMENT_UPDATE', timestamp: '2026-03-01T12:00:00.000002', data: { id: 'e' } },
  }),
  sameLane: [
    json({
      type: 1,
      event: { type: 'ENTITLEMENT_DELETE', timestamp: '2026-03-01T12:00:00.000003', data: { id: 'e' } },
    }),
  ],
};
