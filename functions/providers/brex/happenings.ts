import { byHeader, json, type Happenings } from '../happenings.ts';

export const brexHappenings: Happenings = {
  id: '`webhook-id`',
  differ: 'each message has its own and keeps it in retries',
  ...byHeader('webhook-id', { event_type: 'TRANSFER_PROCESSED', transfer_id: 't' }),
  sameLane: [json({ event_type: 'TRANSFER_FAILED', transfer_id: 't' }, { 'webhook-id': 'c' })],
};
