import { byField, json, type Happenings } from '../happenings.ts';

export const squareHappenings: Happenings = {
  id: '`event_id`',
  differ: 'each event has its own',
  ...byField('event_id', { type: 'payment.updated', data: { type: 'payment', id: 'p' } }),
  sameLane: [json({ event_id: 'c', type: 'payment.created', data: { type: 'payment', id: 'p' } })],
};
