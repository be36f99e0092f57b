import { byField, json, type Happenings } from '../happenings.ts';

export const paddleHappenings: Happenings = {
  id: '`event_id`',
  differ: 'each event has its own; `notification_id` is of the delivery',
  ...byField('event_id', { event_type: 'transaction.updated', data: { id: 'txn' }, notification_id: 'n' }),
  again: json({
    event_type: 'transaction.updated',
    data: { id: 'txn' },
    notification_id: 'other',
    event_id: 'a',
  }),
  sameLane: [json({ event_id: 'c', event_type: 'transaction.paid', data: { id: 'txn' } })],
};
