import { byHeader, json, type Happenings } from '../happenings.ts';

export const openaiHappenings: Happenings = {
  id: '`webhook-id`',
  differ: 'each message has its own and keeps it in retries',
  ...byHeader('webhook-id', { id: 'evt', type: 'response.completed', data: { id: 'r' } }),
  sameLane: [json({ id: 'evt', type: 'response.failed', data: { id: 'r' } }, { 'webhook-id': 'c' })],
};
