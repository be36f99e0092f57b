import { createHmac } from 'node:crypto';
import * as fc from 'fast-check';
import { describe } from 'vitest';
import { airwallexSample } from '../../../../../functions/sources/samples/airwallex.ts';
import { attioSample } from '../../../../../functions/sources/samples/attio.ts';
import { calComSample } from '../../../../../functions/sources/samples/cal-com.ts';
import { cashfreeSample } from '../../../../../functions/sources/samples/cashfree.ts';
import { checkoutComSample } from '../../../../../functions/sources/samples/checkout-com.ts';
import { closeSample } from '../../../../../functions/sources/samples/close.ts';
import { cursorSample } from '../../../../../functions/sources/samples/cursor.ts';
import { customerIoSample } from '../../../../../functions/sources/samples/customer-io.ts';
import { elevenlabsSample } from '../../../../../functions/sources/samples/elevenlabs.ts';
import { frontSample } from '../../../../../functions/sources/samples/front.ts';
import { helpScoutSample } from '../../../../../functions/sources/samples/help-scout.ts';
import { nylasSample } from '../../../../../functions/sources/samples/nylas.ts';
import { pandadocSample } from '../../../../../functions/sources/samples/pandadoc.ts';
import { retellSample } from '../../../../../functions/sources/samples/retell.ts';
import { revolutSample } from '../../../../../functions/sources/samples/revolut.ts';
import { sanitySample } from '../../../../../functions/sources/samples/sanity.ts';
import { segmentSample } from '../../../../../functions/sources/samples/segment.ts';
import { snykSample } from '../../../../../functions/sources/samples/snyk.ts';
import { teamsSample } from '../../../../../functions/sources/samples/teams.ts';
import { vapiSample } from '../../../../../functions/sources/samples/vapi.ts';
import { webflowSample } from '../../../../../functions/sources/samples/webflow.ts';
import type { Sample } from '../../../../../functions/sources/samples/sample.ts';
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
