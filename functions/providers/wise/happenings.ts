import { byHeader, json, type Happenings } from '../happenings.ts';

export const wiseHappenings: Happenings = {
  id: '`X-Delivery-Id`',
  differ: 'each delivery has its own and keeps it in retries',
  ...byHeader('x-delivery-id', {
    event_type: 'transfers#state-change',
    data: { resource: { type: 'transfer', id: 1 } },
  }),
  sameLane: [
    json(
      {
        event_type: 'transfers#payout-failure',
        data: { transfer_id: 1, occurred_at: '2026-03-01T12:00:00Z' },
      },
      { 'x-delivery-id': 'c' },
    ),
  ],
};
