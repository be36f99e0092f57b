import { isText } from '../../body/path.ts';
import { preset } from '../preset.ts';
import { hmac } from '../../signatures/hmac.ts';

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

const isOwn = ({ type }: ZendeskEvent) => isText(type) && type.startsWith('zen:event-type:');

/** Zendesk. Lane: the ticket, user or other thing the event is about. */
export const zendesk = preset<ZendeskEvent>(
  {
    name: 'zendesk',
    title: 'Zendesk',
    page: 'https://developer.zendesk.com/documentation/webhooks/verifying/',
    confidence: 'documentation',
    secret: 'the signing secret of the webhook',
    acknowledgeWithinSeconds: 10,
    unsigned: 'the invocation id (header), which is the id of what a trigger or an automation sends',
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
    bodyFormats: ['json', 'form', 'xml'],
    methods: ['POST', 'GET', 'PUT', 'PATCH', 'DELETE'],
    // The id in the body of a trigger is what an administrator put there: a ticket's, say.
    id: ({ body, headers }) => (isOwn(body) ? body.id : headers['x-zendesk-webhook-invocation-id']),
    type: ({ body }) => (isOwn(body) ? body.type : undefined),
    lane: 'detail.id',
  },
);
