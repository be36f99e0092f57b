import { bodyHash, joined } from '../../sources/event-keys.ts';
import { isText, lookUp } from '../../body/path.ts';
import { preset } from '../preset.ts';
import { any } from '../../signatures/combine.ts';
import { signature } from '../../signatures/signature.ts';
import type { SignatureSpec } from '../../signatures/signature-spec.ts';

/** Form fields of a message, a call or another product's callback; or a CloudEvent. */
export interface TwilioCallback {
  readonly AccountSid?: string;
  readonly MessageSid?: string;
  readonly MessageStatus?: string;
  readonly SmsStatus?: string;
  readonly CallSid?: string;
  readonly CallStatus?: string;
  /** Of Event Streams, which send CloudEvents. */
  readonly specversion?: string;
  readonly id?: string;
  readonly source?: string;
  readonly type?: string;
  readonly data?: unknown;
  readonly [field: string]: unknown;
}

/** The first that there is. A conference is more than the calls in it. */
const names = {
  type: ['MessageStatus', 'StatusCallbackEvent', 'EventType', 'CallStatus', 'SmsStatus', 'type'],
  lane: [
    'MessageSid',
    'messageSid',
    'SmsSid',
    'ConferenceSid',
    'CallSid',
    'callSid',
    'ConversationSid',
    'TaskSid',
    'source',
  ],
};

const common = {
  algorithm: 'hmac-sha1',
  from: 'header:x-twilio-signature',
  encoding: 'base64',
} as const satisfies Partial<SignatureSpec>;

/** Twilio signs the address, with or without its port. Lane: the message or call. Answered empty, which ends a call or says nothing. */
export const twilio = preset<TwilioCallback>(
  {
    name: 'twilio',
    title: 'Twilio',
    page: 'https://www.twilio.com/docs/usage/webhooks/webhooks-security',
    confidence: 'library',
    secret: 'the auth token of the account',
    acknowledgeWithinSeconds: 15,
    unsigned: 'the idempotency token (header)',
  },
  {
    verify: any(
      signature({
        ...common,
        name: 'twilio-form',
        signed: ['{urlWithoutPort}{sortedForm}', '{urlWithPort}{sortedForm}'],
      }),
      signature({
        ...common,
        name: 'twilio-json',
        signed: ['{urlWithoutPort}', '{urlWithPort}'],
        bodySha256: 'query:bodySHA256',
      }),
    ),
    bodyFormats: ['form', 'json'],
    methods: ['POST', 'GET'],
    // Event Streams post a list of CloudEvents.
    split: (body) => (Array.isArray(body) ? body : undefined),
    id: ({ body, headers }) =>
      body.specversion === undefined ? headers['i-twilio-idempotency-token'] : joined(body.source, body.id),
    // A caller may press the same key twice, and Twilio comes again within seconds.
    idOtherwise: bodyHash({ within: 60 }),
    type: ({ body }) => names.type.map((name) => body[name]).find(isText),
    lane: ({ body }) => names.lane.map((name) => body[name] ?? lookUp(body.data, name)).find(isText),
    respond: ({ standard: { status } }) => ({ status: status === 202 ? 204 : status, body: '' }),
  },
);
