import { bodyHash, joinedWith } from '../../sources/event-keys.ts';
import { preset } from '../preset.ts';
import { jwt } from '../../signatures/jwt.ts';

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
    // By GET come the addresses that answer calls, where so configured.
    bodyFormats: ['json', 'form'],
    methods: ['POST', 'GET'],
    // Of one call several events may have no status, such as what was dialled; all have a time.
    id: (e) => joinedWith([e.body.message_uuid], e.body.timestamp, e.body.status) ?? bodyHash()(e),
    type: ({ body }) => body.status ?? 'inbound',
    lane: ({ body }) => body.message_uuid ?? body.conversation_uuid ?? body.uuid,
  },
);
