import { byField, json, type Happenings } from '../happenings.ts';

export const mollieEventsHappenings: Happenings = {
  id: '`id`',
  differ: 'each event has its own',
  ...byField('id', { resource: 'event', type: 'payment-link.paid', entityId: 'pl_1' }),
  sameLane: [json({ id: 'c', resource: 'event', type: 'payment-link.expired', entityId: 'pl_1' })],
};
