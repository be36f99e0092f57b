import { bodyHash, joined } from '../event-keys.ts';
import { preset } from '../preset.ts';
import { jwt } from '../verify/jwt.ts';

/** Of the Messages API or the Voice API. */
export interface VonageEvent {
  readonly message_uuid?: string;
  readonly uuid?: string;
  readonly conversation_uuid?: string;
  /** None of an inbound message. */
  readonly status?: string;
  readonly timestamp?: string;
  readonly [field: string]: unknown;
}

/**
 * Vonage's signed webhooks (Messages, Voice, …; not the SMS API). Type: the status, or `inbound`. Lane: the message, or the conversation of
 * a call.
 */
export const vonage = preset<VonageEvent>(
  {
    name: 'vonage',
    title: 'Vonage',
    page: 'https://developer.vonage.com/en/getting-started/concepts/webhooks#decoding-signed-webhooks',
    confidence: 'library',
    secret: 'the signature secret of the account',
    version: 'timestamp',
  },
  {
    verify: jwt({ name: 'vonage', algorithm: 'HS256', bodySha256: 'payload_hash' }),
    id: (e) => {
      const { message_uuid, uuid, status } = e.body;
      const own = message_uuid ?? uuid;
      return (status === undefined ? own : joined(own, status)) ?? bodyHash(e);
    },
    type: ({ body }) => body.status ?? 'inbound',
    lane: ({ body }) => body.message_uuid ?? body.conversation_uuid ?? body.uuid,
  },
);
