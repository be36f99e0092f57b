import { json, type Happenings } from '../happenings.ts';

export const calComHappenings: Happenings = {
  id: 'digest of the bytes',
  differ: '`createdAt`, to the millisecond, and the booking',
  first: json({
    triggerEvent: 'BOOKING_PAID',
    createdAt: '2026-03-01T12:00:00.000Z',
    payload: { uid: 'u' },
  }),
  second: json({
    triggerEvent: 'BOOKING_PAID',
    createdAt: '2026-03-01T12:00:00.001Z',
    payload: { uid: 'u' },
  }),
  sameLane: [
    json({
      triggerEvent: 'BOOKING_CANCELLED',
      createdAt: '2026-03-01T12:00:01.000Z',
      payload: { uid: 'u' },
    }),
  ],
};
