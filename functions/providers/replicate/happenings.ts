import { byHeader, json, type Happenings } from '../happenings.ts';

export const replicateHappenings: Happenings = {
  id: '`webhook-id`',
  differ: 'each message has its own and keeps it in retries',
  ...byHeader('webhook-id', { id: 'p', status: 'processing' }),
  sameLane: [json({ id: 'p', status: 'succeeded' }, { 'webhook-id': 'c' })],
};
