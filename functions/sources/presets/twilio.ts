import { bodyHash } from '../event-keys.ts';
import { preset } from '../preset.ts';
import { any } from '../verify/combine.ts';
import { signature } from '../verify/signature.ts';
import type { SignatureSpec } from '../verify/signature-spec.ts';

/** Form fields of a message, a call or another product's callback. */
export interface TwilioCallback {
  readonly AccountSid?: string;
  readonly MessageSid?: string;
  readonly MessageStatus?: string;
  readonly SmsStatus?: string;
  readonly CallSid?: string;
  readonly CallStatus?: string;
  readonly [field: string]: unknown;
}

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
    id: (e) => e.headers['i-twilio-idempotency-token'] ?? bodyHash(e),
    type: ({ body, source }) => body.MessageStatus ?? body.CallStatus ?? body.SmsStatus ?? source,
    lane: ({ body }) => body.MessageSid ?? body.CallSid,
    respond: ({ standard: { status } }) => ({ status: status === 202 ? 204 : status, body: '' }),
  },
);
