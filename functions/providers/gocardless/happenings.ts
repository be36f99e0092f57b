import { json, type Happenings } from '../happenings.ts';

export const gocardlessHappenings: Happenings = {
  id: '`id` of the event',
  differ: 'each event has its own',
  first: json({
    events: [{ id: 'a', resource_type: 'payments', action: 'confirmed', links: { payment: 'P' } }],
  }),
  second: json({
    events: [{ id: 'b', resource_type: 'payments', action: 'confirmed', links: { payment: 'P' } }],
  }),
  sameLane: [
    json({
      events: [
        { id: 'c', resource_type: 'payments', action: 'paid_out', links: { payment: 'P', payout: 'O' } },
      ],
    }),
  ],
};
