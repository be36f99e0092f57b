import { byHeader, json, type Happenings } from '../happenings.ts';

export const pandadocHappenings: Happenings = {
  id: '`X-PandaDoc-Webhook-Event-Id`, and digest of the event',
  differ: 'each delivery has its own and keeps it in retries',
  ...byHeader('x-pandadoc-webhook-event-id', [{ event: 'document_updated', data: { id: 'd' } }]),
  sameLane: [json([{ event: 'recipient_completed', data: { id: 'd' } }])],
};
