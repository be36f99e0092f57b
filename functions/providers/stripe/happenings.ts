import { byField, json, type Happenings } from '../happenings.ts';

export const stripeHappenings: Happenings = {
  id: '`id`',
  differ: 'each event has its own',
  ...byField('id', { type: 'invoice.updated', created: 1, data: { object: { id: 'in_1' } } }),
  sameLane: [json({ id: 'c', type: 'invoice.paid', created: 1, data: { object: { id: 'in_1' } } })],
};
