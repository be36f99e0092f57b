import { byField, json, type Happenings } from '../happenings.ts';

export const checkoutComHappenings: Happenings = {
  id: '`id`',
  differ: 'each event has its own',
  ...byField('id', { type: 'payment_captured', data: { id: 'p' } }),
  sameLane: [json({ id: 'c', type: 'payment_refunded', data: { id: 'p' } })],
};
