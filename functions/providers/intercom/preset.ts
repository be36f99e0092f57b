import { bodyHash } from '../../sources/event-keys.ts';
import { acknowledge } from '../../handshakes/acknowledge.ts';
import { ping } from '../../handshakes/ping.ts';
import { preset } from '../preset.ts';
import { hmac } from '../../signatures/hmac.ts';

/** A notification; `delivery_attempts` changes from try to try. */
export interface IntercomNotification {
  /** None in some notifications. */
  readonly id: string | null;
  /** `conversation.user.created`, … */
  readonly topic: string;
  /** Whole seconds. */
  readonly created_at: number;
  readonly delivery_attempts?: number;
  readonly data: {
    readonly item: {
      readonly id?: string;
      readonly type?: string;
      readonly contact?: { readonly id?: string; readonly [field: string]: unknown };
      readonly company?: { readonly id?: string; readonly [field: string]: unknown };
      readonly [field: string]: unknown;
    };
    readonly [field: string]: unknown;
  };
  readonly [field: string]: unknown;
}

/** Intercom. Lane: the conversation, contact or other item. */
export const intercom = preset<IntercomNotification>(
  {
    name: 'intercom',
    title: 'Intercom',
    page: 'https://developers.intercom.com/docs/webhooks/webhook-notifications',
    confidence: 'documentation',
    secret: 'the client secret of the app',
    acknowledgeWithinSeconds: 5,
    version: 'created_at',
  },
  {
    verify: hmac({ algorithm: 'sha1', header: 'x-hub-signature', prefix: 'sha1=', encoding: 'hex' }),
    handshakes: [acknowledge('address-check', 'HEAD'), ping('ping', { 'field:topic': 'ping' })],
    id: 'id',
    idOtherwise: bodyHash({ without: ['delivery_attempts', 'delivery_status', 'delivered_at'] }),
    type: 'topic',
    // A tag or an attachment is about a contact or a company.
    lane: ({ body: { data } }) => data.item.id ?? data.item.contact?.id ?? data.item.company?.id,
  },
);
