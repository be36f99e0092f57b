import { bodyHash } from '../event-keys.ts';
import { preset } from '../preset.ts';
import { hmac } from '../verify/hmac.ts';

/** An event that a webhook is subscribed to; what a trigger or an automation sends is of your own making. */
export interface ZendeskEvent {
  readonly id?: string;
  /** `zen:event-type:ticket.created`, … */
  readonly type?: string;
  /** ISO 8601. */
  readonly time?: string;
  readonly detail?: { readonly id?: string; readonly [field: string]: unknown };
  readonly [field: string]: unknown;
}

/** Zendesk. Lane: the ticket, user or other thing the event is about. */
export const zendesk = preset<ZendeskEvent>(
  {
    name: 'zendesk',
    title: 'Zendesk',
    page: 'https://developer.zendesk.com/documentation/webhooks/verifying/',
    confidence: 'documentation',
    secret: 'the signing secret of the webhook',
    acknowledgeWithinSeconds: 10,
    unsigned: 'the invocation id (header), used where a body has no id',
    version: 'time',
  },
  {
    verify: hmac({
      algorithm: 'sha256',
      header: 'x-zendesk-webhook-signature',
      encoding: 'base64',
      signed: '{timestamp}{body}',
      timestamp: { from: 'header:x-zendesk-webhook-signature-timestamp', unit: 'iso' },
    }),
    id: (e) => e.body.id ?? e.headers['x-zendesk-webhook-invocation-id'] ?? bodyHash(e),
    type: ({ body, source }) => body.type ?? source,
    lane: 'detail.id',
  },
);
