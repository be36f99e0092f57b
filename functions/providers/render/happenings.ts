import { byHeader, json, type Happenings } from '../happenings.ts';

export const renderHappenings: Happenings = {
  id: '`webhook-id`',
  differ: 'each message has its own and keeps it in retries',
  ...byHeader('webhook-id', { type: 'deploy_ended', data: { id: 'd', serviceId: 's' } }),
  sameLane: [json({ type: 'server_failed', data: { id: 'e', serviceId: 's' } }, { 'webhook-id': 'c' })],
};
