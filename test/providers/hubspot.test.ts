import { Signature } from '@hubspot/api-client';
import { describe, expect, it } from 'vitest';
import { hubspot } from '../../functions/providers/hubspot/preset.ts';
import { hubspotSample } from '../../functions/providers/hubspot/sample.ts';
import type { VerifiableRequest } from '../../functions/signatures/verifiable-request.ts';
import { agreesWithLibrary, textSecrets } from '../support/provider/agrees-with-library.ts';
import { now } from '../support/provider/clock.ts';
import { withHeaders } from '../support/provider/documented-formula.ts';
import { eventsOf } from '../support/provider/events-of.ts';
import { optionsFor, url } from '../support/provider/hubspot-signatures.ts';
import { testProvider } from '../support/provider/test-provider.ts';

testProvider('hubspot');

describe('its events', () => {
  const change = {
    eventId: 3816279340,
    subscriptionId: 25,
    portalId: 33,
    appId: 1160452,
    occurredAt: 1462216307945,
    subscriptionType: 'contact.propertyChange',
    attemptNumber: 0,
    objectId: 1246965,
    propertyName: 'lifecyclestage',
  };

  it('gives a retried event the id it had', async () => {
    const again = { ...change, attemptNumber: 3 };
    const association = { ...change, eventId: 4, objectId: undefined, fromObjectId: 7, toObjectId: 8 };

    expect(await eventsOf(hubspot(), JSON.stringify([change, again, association]))).toEqual([
      ['33/25/3816279340/1462216307945/1246965//lifecyclestage', 'contact.propertyChange', '33/1246965'],
      ['33/25/3816279340/1462216307945/1246965//lifecyclestage', 'contact.propertyChange', '33/1246965'],
      ['33/25/4/1462216307945/7/8/lifecyclestage', 'contact.propertyChange', '33/7'],
    ]);
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
