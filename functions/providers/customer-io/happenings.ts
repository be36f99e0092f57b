import { byField, json, type Happenings } from '../happenings.ts';

export const customerIoHappenings: Happenings = {
  id: '`event_id`',
  differ: 'each event has its own',
  ...byField('event_id', { object_type: 'email', metric: 'clicked', data: { customer_id: 'p' } }),
  sameLane: [json({ event_id: 'c', object_type: 'email', metric: 'sent', data: { customer_id: 'p' } })],
};
