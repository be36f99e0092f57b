import { byHeader, json, type Happenings } from '../happenings.ts';

export const lithicHappenings: Happenings = {
  id: '`webhook-id`',
  differ: 'each message has its own and keeps it in retries',
  ...byHeader('webhook-id', { event_type: 'card_transaction.updated', card_token: 'k' }),
  sameLane: [json({ event_type: 'card.created', card_token: 'k' }, { 'webhook-id': 'c' })],
};
