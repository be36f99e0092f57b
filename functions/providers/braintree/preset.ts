import { createHmac } from 'node:crypto';
import * as z from 'zod';
import { bodyHash } from '../../sources/event-keys.ts';
import type { Handshake } from '../../handshakes/handshake.ts';
import { plainText } from '../../handshakes/echo.ts';
import { preset } from '../preset.ts';
import { hmacKey } from '../../signatures/key.ts';
import { signature } from '../../signatures/signature.ts';
import { xmlText } from '../../body/xml-text.ts';

/** Both fields go to `gateway.webhookNotification.parse(bt_signature, bt_payload)`. */
export interface BraintreeNotification {
  readonly bt_signature: string;
  /** XML in base64. */
  readonly bt_payload: string;
}

const key = { format: 'sha1-of-utf8' } as const;

const challengeText = /^[0-9a-f]{20,32}$/;

/** Anybody may have a challenge signed, so what looks like one is no notification, however it is signed: no hex digits are the base64 of XML. */
const notification = z.custom<BraintreeNotification>(
  (body) => !challengeText.test(String((body as Partial<BraintreeNotification> | null)?.bt_payload)),
  'is a challenge, not a notification',
);

/** Signs a challenge with the newest key. */
const challenge: Handshake = {
  name: 'challenge',
  method: 'GET',
  isSigned: false,
  respond(view, { secrets }) {
    const text = view.query('bt_challenge');
    if (text === undefined) return undefined;
    const [, publicKey, privateKey = ''] = /^(.+):([^:]+)$/s.exec(secrets[0] ?? '') ?? [];
    const signingKey = hmacKey(privateKey, key);
    if (publicKey === undefined || signingKey === undefined || !challengeText.test(text)) {
      return { kind: 'refused' };
    }
    const signed = createHmac('sha1', signingKey).update(text).digest('hex');
    return { kind: 'answer', answer: plainText(`${publicKey}|${signed}`) };
  },
};

function inXml({ body }: { readonly body: BraintreeNotification }, ...path: readonly string[]) {
  const xml = Buffer.from(body.bt_payload, 'base64').toString('utf8');
  return xmlText(xml, ['notification', ...path]);
}

/** Braintree. Lane: the subscription, transaction, dispute, … */
export const braintree = preset<BraintreeNotification>(
  {
    name: 'braintree',
    title: 'Braintree',
    page: 'https://developer.paypal.com/braintree/docs/guides/webhooks/parse',
    confidence: 'library',
    secret: 'public_key:private_key of the gateway',
    version: (e) => inXml(e, 'timestamp'),
  },
  {
    verify: signature({
      name: 'braintree',
      algorithm: 'hmac-sha1',
      key,
      from: 'form:bt_signature',
      shape: { kind: 'pairs', separator: '&', between: '|' },
      encoding: 'hex',
      // The second where somebody on the way has cut off the newline at its end.
      signed: ['{form:bt_payload}', '{form:bt_payload}\n'],
    }),
    bodyFormats: ['form'],
    schema: notification,
    handshakes: [challenge],
    // The signature is another one where a key has been changed; the payload says when it was made.
    id: (e) => bodyHash()({ ...e, raw: Buffer.from(e.body.bt_payload, 'utf8') }),
    type: (e) => inXml(e, 'kind'),
    lane: (e) => inXml(e, 'subject', '*', 'id'),
  },
);
