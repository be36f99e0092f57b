import { createHmac } from 'node:crypto';
import * as fc from 'fast-check';
import { describe } from 'vitest';
import { airwallexSample } from '../../../functions/providers/airwallex/sample.ts';
import { attioSample } from '../../../functions/providers/attio/sample.ts';
import { calComSample } from '../../../functions/providers/cal-com/sample.ts';
import { cashfreeSample } from '../../../functions/providers/cashfree/sample.ts';
import { checkoutComSample } from '../../../functions/providers/checkout-com/sample.ts';
import { closeSample } from '../../../functions/providers/close/sample.ts';
import { cursorSample } from '../../../functions/providers/cursor/sample.ts';
import { customerIoSample } from '../../../functions/providers/customer-io/sample.ts';
import { elevenlabsSample } from '../../../functions/providers/elevenlabs/sample.ts';
import { frontSample } from '../../../functions/providers/front/sample.ts';
import { helpScoutSample } from '../../../functions/providers/help-scout/sample.ts';
import { klaviyoSample } from '../../../functions/providers/klaviyo/sample.ts';
import { nangoSample } from '../../../functions/providers/nango/sample.ts';
import { nylasSample } from '../../../functions/providers/nylas/sample.ts';
import { pandadocSample } from '../../../functions/providers/pandadoc/sample.ts';
import { retellSample } from '../../../functions/providers/retell/sample.ts';
import { revolutSample } from '../../../functions/providers/revolut/sample.ts';
import { sanitySample } from '../../../functions/providers/sanity/sample.ts';
import { segmentSample } from '../../../functions/providers/segment/sample.ts';
import { snykSample } from '../../../functions/providers/snyk/sample.ts';
import { teamsSample } from '../../../functions/providers/teams/sample.ts';
import { vapiSample } from '../../../functions/providers/vapi/sample.ts';
import { webflowSample } from '../../../functions/providers/webflow/sample.ts';
import type { Sample } from '../../../functions/providers/sample.ts';
import { agreesWithLibrary, now, textSecrets } from '../agrees-with-library.ts';

/** Formulas of documentation or of official code, written once more, sharing no code with the verifiers. */
type Formula = (body: Buffer, secret: string) => Readonly<Record<string, string>>;

const ms = String(now.getTime());
const s = String(Math.floor(now.getTime() / 1000));

function mac(
  algorithm: 'sha1' | 'sha256',
  key: string | Buffer,
  encoding: 'hex' | 'base64' | 'base64url',
  ...parts: (string | Buffer)[]
) {
  const hash = createHmac(algorithm, key);
  for (const part of parts) hash.update(part);
  return hash.digest(encoding);
}

const bare =
  (
    header: string,
    encoding: 'hex' | 'base64' = 'hex',
    algorithm: 'sha1' | 'sha256' = 'sha256',
    prefix = '',
  ): Formula =>
  (body, secret) => ({ [header]: prefix + mac(algorithm, secret, encoding, body) });

const bytes = (encoding: 'hex' | 'base64') =>
  fc
    .uint8Array({ minLength: 1, maxLength: 64 })
    .map((key) => ({ secret: Buffer.from(key).toString(encoding) }));

const providers: readonly (readonly [string, Sample, Formula, typeof textSecrets?])[] = [
  [
    'Airwallex',
    airwallexSample,
    (body, key) => ({ 'x-timestamp': ms, 'x-signature': mac('sha256', key, 'hex', ms, body) }),
  ],
  ['Attio', attioSample, bare('attio-signature')],
  ['Cal.com', calComSample, bare('x-cal-signature-256')],
  [
    'Cashfree',
    cashfreeSample,
    (body, key) => ({
      'x-webhook-timestamp': ms,
      'x-webhook-signature': mac('sha256', key, 'base64', ms, body),
    }),
  ],
  ['Checkout.com', checkoutComSample, bare('cko-signature')],
  [
    'Close',
    closeSample,
    (body, key) => ({
      'close-sig-timestamp': s,
      'close-sig-hash': mac('sha256', Buffer.from(key, 'hex'), 'hex', s, body),
    }),
    bytes('hex'),
  ],
  ['Cursor', cursorSample, bare('x-webhook-signature', 'hex', 'sha256', 'sha256=')],
  [
    'Customer.io',
    customerIoSample,
    (body, key) => ({ 'x-cio-timestamp': s, 'x-cio-signature': mac('sha256', key, 'hex', `v0:${s}:`, body) }),
  ],
  [
    'ElevenLabs',
    elevenlabsSample,
    (body, key) => ({ 'elevenlabs-signature': `t=${s},v0=${mac('sha256', key, 'hex', s, '.', body)}` }),
  ],
  [
    'Front',
    frontSample,
    (body, key) => ({
      'x-front-request-timestamp': ms,
      'x-front-signature': mac('sha256', key, 'base64', ms, ':', body),
    }),
  ],
  ['Help Scout', helpScoutSample, bare('x-helpscout-signature', 'base64', 'sha1')],
  [
    'Klaviyo',
    klaviyoSample,
    (body, key) => ({
      'klaviyo-timestamp': now.toUTCString(),
      'klaviyo-signature': mac('sha256', key, 'hex', body, now.toUTCString()),
    }),
  ],
  ['Nango', nangoSample, bare('x-nango-hmac-sha256')],
  ['Nylas', nylasSample, bare('x-nylas-signature')],
  [
    'Retell',
    retellSample,
    (body, key) => ({ 'x-retell-signature': `v=${ms},d=${mac('sha256', key, 'hex', body, ms)}` }),
  ],
  [
    'Revolut',
    revolutSample,
    (body, key) => ({
      'revolut-request-timestamp': ms,
      'revolut-signature': `v1=${mac('sha256', key, 'hex', `v1.${ms}.`, body)}`,
    }),
  ],
  [
    'Sanity',
    sanitySample,
    (body, key) => ({
      'sanity-webhook-signature': `t=${ms},v1=${mac('sha256', key, 'base64url', ms, '.', body)}`,
    }),
  ],
  ['Segment', segmentSample, bare('x-signature', 'hex', 'sha1')],
  ['Snyk', snykSample, bare('x-hub-signature', 'hex', 'sha256', 'sha256=')],
  [
    'Teams',
    teamsSample,
    (body, key) => ({ authorization: `HMAC ${mac('sha256', Buffer.from(key, 'base64'), 'base64', body)}` }),
    bytes('base64'),
  ],
  ['Vapi', vapiSample, bare('x-vapi-signature')],
  [
    'Webflow',
    webflowSample,
    (body, key) => ({
      'x-webflow-timestamp': ms,
      'x-webflow-signature': mac('sha256', key, 'hex', ms, ':', body),
    }),
  ],
];

describe.each(providers.map(([name, ...rest]) => ({ name, rest })))('$name', ({ rest }) => {
  const [sample, formula, keys = textSecrets] = rest;
  agreesWithLibrary({
    name: 'the formula',
    sample,
    keys,
    sign: (request, { secret }) => ({
      ...request,
      headers: { ...request.headers, ...formula(Buffer.from(request.body), secret) },
    }),
    accepts: ({ body, headers }, { secret }) =>
      Object.entries(formula(Buffer.from(body), secret)).every(([name, value]) => headers[name] === value),
  });
});

describe('PandaDoc', () => {
  const query = (body: Uint8Array, key: string) =>
    `signature=${mac('sha256', key, 'hex', Buffer.from(body))}`;

  agreesWithLibrary({
    name: 'the formula',
    sample: pandadocSample,
    keys: textSecrets,
    sign: (request, { secret }) => ({ ...request, rawQuery: query(request.body, secret) }),
    accepts: ({ body, rawQuery }, { secret }) => rawQuery === query(body, secret),
  });
});
