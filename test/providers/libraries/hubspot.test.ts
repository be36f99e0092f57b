import { Signature } from '@hubspot/api-client';
import { describe, expect, it } from 'vitest';
import { hubspotSample } from '../../../functions/providers/hubspot/sample.ts';
import { hubspotV1Sample } from '../../../functions/providers/hubspot-v1/sample.ts';
import { hubspotV2Sample } from '../../../functions/providers/hubspot-v2/sample.ts';
import type { VerifiableRequest } from '../../../functions/signatures/verifiable-request.ts';
import { agreesWithLibrary, now, textSecrets } from '../agrees-with-library.ts';
import { withHeaders } from '../documented-formula.ts';

const url = 'https://hooks.example.com/webhooks/hubspot';

const optionsFor = ({ body }: VerifiableRequest, secret: string, at = url) => ({
  clientSecret: secret,
  requestBody: Buffer.from(body).toString(),
  url: at,
  timestamp: now.getTime(),
});

const plainDigests = [
  ['v1', hubspotV1Sample],
  ['v2', hubspotV2Sample],
] as const;

describe.each(plainDigests)('signature %s', (version, sample) => {
  agreesWithLibrary({
    name: '@hubspot/api-client',
    sample,
    keys: textSecrets,
    sign: (request, { secret }) =>
      withHeaders(request, {
        'x-hubspot-signature': Signature.getSignature('POST', version, {
          ...optionsFor(request, secret),
          signature: '',
        }),
      }),
    accepts: (request, { secret }) =>
      Signature.isValid({
        ...optionsFor(request, secret),
        method: 'POST',
        signatureVersion: version,
        signature: request.headers['x-hubspot-signature'] ?? '',
      }),
  });
});

/** Signed by HubSpot's library, for an address as the library spells it. */
const signedV3 = (request: VerifiableRequest, secret: string, at = url) =>
  withHeaders(request, {
    'x-hubspot-request-timestamp': String(now.getTime()),
    'x-hubspot-signature-v3': Signature.getSignature('POST', 'v3', {
      ...optionsFor(request, secret, at),
      signature: '',
    }),
  });

describe('signature v3', () => {
  agreesWithLibrary({
    name: '@hubspot/api-client',
    sample: hubspotSample,
    keys: textSecrets,
    sign: (request, { secret }) => signedV3(request, secret),
    accepts: (request, { secret }) =>
      Signature.isValid({
        ...optionsFor(request, secret),
        method: 'POST',
        signatureVersion: 'v3',
        signature: request.headers['x-hubspot-signature-v3'] ?? '',
      }),
  });

  it.each([
    ['as it stands', 'a=1%3A2&b=%C3%BC%20%7C', 'a=1%3A2&b=%C3%BC%20%7C', true],
    ['with the escapes undone that HubSpot names', 'a=1:2&b=%C3%BC%20%7C', 'a=1%3A2&b=%C3%BC%20%7C', true],
    ['with all escapes undone', 'a=1:2&b=ü |', 'a=1%3A2&b=%C3%BC%20%7C', false],
    ['without its query', undefined, 'a=1', false],
  ])('takes an address signed %s: %#', async (_, signedQuery, rawQuery, expected) => {
    const request = {
      method: 'POST',
      path: '/',
      rawQuery,
      headers: {},
      body: Buffer.from('[]'),
      publicUrl: url,
    };
    const signed = signedV3(request, 'secret', signedQuery === undefined ? url : `${url}?${signedQuery}`);

    const { verified } = await hubspotSample.source.verify.verify(signed, ['secret'], now);

    expect(verified).toBe(expected);
  });

  it('refuses a time of tomorrow, which the library accepts', async () => {
    const request = {
      method: 'POST',
      path: '/',
      rawQuery: '',
      headers: {},
      body: Buffer.from('[]'),
      publicUrl: url,
    };
    const timestamp = now.getTime() + 86_400_000;
    const options = { ...optionsFor(request, 'secret'), timestamp };
    const signature = Signature.getSignature('POST', 'v3', { ...options, signature: '' });
    const signed = withHeaders(request, {
      'x-hubspot-request-timestamp': String(timestamp),
      'x-hubspot-signature-v3': signature,
    });

    const verdict = await hubspotSample.source.verify.verify(signed, ['secret'], now);

    expect(Signature.isValid({ ...options, method: 'POST', signatureVersion: 'v3', signature })).toBe(true);
    expect(verdict).toEqual({ verified: false, cause: 'timestamp-in-future' });
  });
});
