import { byHeader, type Happenings } from '../happenings.ts';

export const standardWebhooksHappenings: Happenings = {
  id: '`webhook-id`',
  differ: 'each message has its own and keeps it in retries',
  ...byHeader('webhook-id', { type: 't' }),
};
