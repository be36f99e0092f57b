import { byHeader, type Happenings } from '../happenings.ts';

export const zendeskHappenings: Happenings = {
  id: '`id` of Zendesk’s own events; else `X-Zendesk-Webhook-Invocation-Id`',
  differ:
    'each event, and each invocation, has its own and keeps it in retries; an id in the body of a trigger is a ticket’s',
  ...byHeader('x-zendesk-webhook-invocation-id', { id: '35436', status: 'open' }),
};
