import { byField, json, type Happenings } from '../happenings.ts';

export const paypalHappenings: Happenings = {
  id: '`id`',
  differ: 'each event has its own; the transmission id is of the delivery',
  ...byField('id', { event_type: 'PAYMENT.CAPTURE.COMPLETED', resource: { id: 'r' } }),
  sameLane: [json({ id: 'c', event_type: 'PAYMENT.CAPTURE.REFUNDED', resource: { id: 'r' } })],
};
