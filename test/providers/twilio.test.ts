import { createHash, createHmac } from 'node:crypto';
import * as fc from 'fast-check';
import library from 'twilio';
import { describe, expect, it } from 'vitest';
import { twilio } from '../../functions/providers/twilio/preset.ts';
import { twilioSample } from '../../functions/providers/twilio/sample.ts';
import type { VerifiableRequest } from '../../functions/signatures/verifiable-request.ts';
import { aRequest } from '../support/a-request.ts';
import { agreesWithLibrary, jsonBodies, textSecrets } from '../support/provider/agrees-with-library.ts';
import { now } from '../support/provider/clock.ts';
import { isVerified } from '../support/provider/is-verified.ts';
import { testProvider } from '../support/provider/test-provider.ts';

testProvider('twilio');

const { getExpectedTwilioSignature, validateRequest, validateRequestWithBody } = library;

const url = 'https://hooks.example.com/webhooks/twilio';

/** As a framework would hand the fields over: a name that repeats has a list. */
function fieldsOf(body: Uint8Array): Record<string, string | string[]> {
  const fields: Record<string, string | string[]> = {};
  for (const [name, value] of new URLSearchParams(Buffer.from(body).toString())) {
    const before = fields[name];
    fields[name] = before === undefined ? value : [before, value].flat();
  }
  return fields;
}

const names = fc.constantFrom('Body', 'From', 'To', 'MediaUrl', 'a', 'B', 'Ä');

const forms = fc
  .array(fc.tuple(names, fc.string({ unit: 'grapheme', maxLength: 20 })), { minLength: 1, maxLength: 8 })
  .map((fields) => new URLSearchParams(fields).toString())
  // Two spellings of one form are one form to Twilio: keep what differs in more than order and repetition apart.
  .map((text) => `Sid=${createHash('md5').update(text).digest('hex')}&${text}`);

const header = (request: VerifiableRequest, signature: string) => ({
  ...request,
  headers: { ...request.headers, 'x-twilio-signature': signature },
});

describe('forms', () => {
  agreesWithLibrary({
    name: 'twilio',
    sample: twilioSample,
    keys: textSecrets,
    bodies: forms,
    sign: (request, { secret }) =>
      header(request, getExpectedTwilioSignature(secret, url, fieldsOf(request.body))),
    accepts: ({ body, headers }, { secret }) =>
      validateRequest(secret, headers['x-twilio-signature'] ?? '', url, fieldsOf(body)),
  });
});

describe('JSON', () => {
  const withHash = (request: VerifiableRequest) => {
    const rawQuery = `bodySHA256=${createHash('sha256').update(request.body).digest('hex')}`;
    return { ...request, rawQuery };
  };

  agreesWithLibrary({
    name: 'twilio',
    sample: { ...twilioSample, request: () => ({ body: '{}' }) },
    keys: textSecrets,
    bodies: jsonBodies,
    sign: (request, { secret }) => {
      const hashed = withHash(request);
      return header(hashed, getExpectedTwilioSignature(secret, `${url}?${hashed.rawQuery}`, {}));
    },
  });

  it('is accepted by the library under the same signature', async () => {
    const request = withHash({
      method: 'POST',
      path: '/',
      rawQuery: '',
      headers: {},
      body: Buffer.from('{"a":1}'),
    });
    const signed = header(request, getExpectedTwilioSignature('token', `${url}?${request.rawQuery}`, {}));
    const verdict = await twilioSample.source.verify.verify({ ...signed, publicUrl: url }, ['token'], now);

    expect(verdict).toEqual({ verified: true });
    expect(
      validateRequestWithBody(
        'token',
        signed.headers['x-twilio-signature'],
        `${url}?${request.rawQuery}`,
        '{"a":1}',
      ),
    ).toBe(true);
  });
});

it.each([
  ['https://hooks.example.com/twilio', 'https://hooks.example.com:443/twilio'],
  ['https://hooks.example.com:443/twilio', 'https://hooks.example.com/twilio'],
  ['https://hooks.example.com:8443/twilio?a=b', 'https://hooks.example.com/twilio?a=b'],
])('takes a signature for %s also when it is registered as %s', async (signed, registered) => {
  const body = Buffer.from('Body=hello');
  const [, rawQuery = ''] = signed.split('?');
  const signature = getExpectedTwilioSignature('token', signed, { Body: 'hello' });
  const request = { method: 'POST', path: '/', rawQuery, headers: { 'x-twilio-signature': signature }, body };
  const isPortOther = signed.includes('8443');

  const verdict = await twilio().verify.verify({ ...request, publicUrl: registered }, ['token'], now);

  // The address registered must name a port that is not the default one.
  expect(verdict.verified).toBe(!isPortOther);
  expect(await twilio().verify.verify({ ...request, publicUrl: signed }, ['token'], now)).toEqual({
    verified: true,
  });
});

it('may deliver by GET', () => {
  const { methods, bodyFormats } = twilio();

  expect(methods).toEqual(expect.arrayContaining(['GET', 'POST']));
  expect(bodyFormats).toContain('form');
});

describe('deliveries by GET', () => {
  it('are signed with their address by Twilio', async () => {
    const url = 'https://hooks.example.com/webhooks/twilio';
    const rawQuery = 'MessageSid=SM1&MessageStatus=sent';
    const signature = createHmac('sha1', 'token').update(`${url}?${rawQuery}`).digest('base64');
    const request = {
      ...aRequest({ method: 'GET', rawQuery, headers: { 'x-twilio-signature': signature } }),
      publicUrl: url,
    };

    expect(await isVerified(twilio(), request, 'token')).toBe(true);
    expect(await isVerified(twilio(), { ...request, rawQuery: `${rawQuery}x` }, 'token')).toBe(false);
  });
});
