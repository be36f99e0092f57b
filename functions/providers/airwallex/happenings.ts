import { byField, json, type Happenings } from '../happenings.ts';

export const airwallexHappenings: Happenings = {
  id: '`id`',
  differ: 'each event has its own',
  ...byField('id', { name: 'payment_intent.updated', data: { object: { id: 'i' } } }),
  sameLane: [json({ id: 'c', name: 'payment_intent.succeeded', data: { object: { id: 'i' } } })],
};
