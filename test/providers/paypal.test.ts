import { generateKeyPairSync } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { paypal } from '../../functions/providers/paypal/preset.ts';
import { unsignedRequest } from '../../functions/providers/signed-sample.ts';
import { agreesWithLibrary } from '../support/provider/agrees-with-library.ts';
import { now } from '../support/provider/clock.ts';
import { eventsOf } from '../support/provider/events-of.ts';
import {
  paypalCertificate,
  paypalCertificateUrl,
  paypalSample,
  paypalWebhookId,
  signPaypal,
} from '../support/provider/payment-test-samples.ts';
import { selfSignedCertificate } from '../support/provider/self-signed-certificate.ts';
import { testProvider } from '../support/provider/test-provider.ts';

testProvider('paypal');

it('reads its events', async () => {
  const body = {
    id: '8PT597110X687430LKGECATA',
    create_time: '2013-06-25T21:41:28Z',
    resource_type: 'authorization',
    event_type: 'PAYMENT.AUTHORIZATION.CREATED',
    resource: { id: '2DC87612EK520411B', parent_payment: 'PAY-36246664YD343335CKHFA4AY' },
  };

  expect(await eventsOf(paypal({ webhookIds: ['1'] }), body)).toEqual([
    ['8PT597110X687430LKGECATA', 'PAYMENT.AUTHORIZATION.CREATED', '2DC87612EK520411B'],
  ]);
});

const request = unsignedRequest(paypalSample, now);

agreesWithLibrary({
  name: 'its documented formula',
  sample: paypalSample,
  keys: fc.constant(paypalSample.key),
  sign: (request, _, at) => signPaypal(request, at),
});

const webhookIds = [paypalWebhookId];

describe('a certificate', () => {
  const verdict = async (answer: () => Response, at = now, url = paypalCertificateUrl) => {
    const asked: string[] = [];
    const fetch = (address: string) => {
      asked.push(address);
      return Promise.resolve(answer());
    };
    const { verify } = paypal({ webhookIds, fetch });
    const found = await verify.verify(signPaypal(request, at, { url }), [], at);
    return { ...found, asked };
  };
  const pem =
    (...args: Parameters<typeof paypalCertificate>) =>
    () =>
      new Response(paypalCertificate(...args));

  it('is taken from PayPal, in production and in the sandbox, and kept for the next message', async () => {
    let asked = 0;
    const fetch = () => {
      asked++;
      return Promise.resolve(new Response(paypalCertificate('messageverificationcerts.sandbox.paypal.com')));
    };
    const { verify } = paypal({ webhookIds, fetch });
    const signed = signPaypal(request, now, {
      url: 'https://api.sandbox.paypal.com/v1/notifications/certs/CERT-360caa42-fca2a594-a5cafa77',
    });

    expect(await verify.verify(signed, [], now)).toEqual({ verified: true });
    expect(await verify.verify(signed, [], now)).toEqual({ verified: true });
    expect(asked).toBe(1);
  });

  it.each([
    'http://api.paypal.com/v1/notifications/certs/CERT-1',
    'https://paypal.com.evil.example/v1/notifications/certs/CERT-1',
    'https://evilpaypal.com/v1/notifications/certs/CERT-1',
    'https://api.paypal.com@evil.example/v1/notifications/certs/CERT-1',
    'https://user@api.paypal.com/v1/notifications/certs/CERT-1',
    'https://:password@api.paypal.com/v1/notifications/certs/CERT-1',
    'https://api.paypal.com:8443/v1/notifications/certs/CERT-1',
    'https://api.paypal.com/v1/notifications/certs/../../redirect',
    'https://api.paypal.com/redirect?to=https://evil.example/v1/notifications/certs/CERT-1',
    'https://evil.example/#.paypal.com/v1/notifications/certs/CERT-1',
    'https://api.paypal.com.',
    'https://evil.example:1.paypal.com/v1/notifications/certs/CERT-1',
    'https://_.a.paypal.com/v1/notifications/certs/CERT-1',
    'https://api.paypal.com/x/v1/notifications/certs/CERT-1',
    'https://api.paypal.com/v1/notifications/certs/CERT-1/x',
    'https://api.paypal.com/v1/notifications/certs/CERT-1%0A',
    'CERT-1',
  ])('is not asked for at %s', async (url) => {
    expect(await verdict(pem(), now, url)).toEqual({ verified: false, cause: 'wrong-signature', asked: [] });
  });

  it.each(['evil.example', 'paypal.com.evil.example', 'evilpaypal.com', 'CN=paypal.com', ''])(
    'of the name %j is none of theirs',
    async (name) => {
      expect(await verdict(pem(name))).toMatchObject({ verified: false, cause: 'wrong-signature' });
    },
  );

  it('of their name beside that of an organization is theirs; a name that holds a line of its own is not', async () => {
    expect(await verdict(pem('paypal.com', undefined, 'PayPal'))).toMatchObject({ verified: true });
    expect(await verdict(pem('evil.example\nCN=paypal.com'))).toMatchObject({ verified: false });
  });

  it('of another kind of key verifies nothing, not even what that key signed', async () => {
    const elliptic = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
    const certificate = selfSignedCertificate(elliptic, new Date('2049-01-01T00:00:00Z'), 'paypal.com');
    const { verify } = paypal({ webhookIds, fetch: async () => new Response(certificate) });
    const signed = signPaypal(request, now, { key: elliptic.privateKey });

    expect(await verify.verify(signed, [], now)).toEqual({ verified: false, cause: 'wrong-signature' });
  });

  it('that has expired is not used', async () => {
    const expired = pem(undefined, new Date(now.getTime() - 1000));

    expect(await verdict(expired)).toMatchObject({ verified: false, cause: 'wrong-signature' });
  });

  it('that is not there is no fault of ours; one that cannot be had or read is', async () => {
    expect(await verdict(() => new Response('', { status: 404 }))).toMatchObject({
      cause: 'wrong-signature',
    });
    await expect(verdict(() => new Response('', { status: 500 }))).rejects.toThrow('could not be fetched');
    await expect(verdict(() => new Response('no certificate'))).rejects.toThrow('could not be fetched');
  });
});

describe('the headers', () => {
  const theirs = () =>
    paypal({ webhookIds: ['other', ...webhookIds], fetch: async () => new Response(paypalCertificate()) });
  const signed = signPaypal(request, now);
  const changed = async (change: Readonly<Record<string, string>>) =>
    await theirs().verify.verify({ ...signed, headers: { ...signed.headers, ...change } }, [], now);

  it('are right as they come, for any of the webhooks', async () => {
    expect(await changed({})).toEqual({ verified: true });
    expect(theirs().verify).toMatchObject({ name: 'paypal', needsSecret: false, problems: [] });
  });

  it.each([
    'paypal-transmission-id',
    'paypal-transmission-time',
    'paypal-transmission-sig',
    'paypal-cert-url',
  ])('must have %s', async (name) => {
    expect(await changed({ [name]: '' })).toEqual({ verified: false, cause: 'missing-signature' });
  });

  it.each([
    ['paypal-auth-algo', 'SHA1withRSA'],
    ['paypal-auth-algo', ''],
    ['paypal-transmission-sig', 'no base64'],
  ])('are malformed where %s is %j', async (name, value) => {
    expect(await changed({ [name]: value })).toEqual({ verified: false, cause: 'malformed-signature' });
  });
});

it('refuses what PayPal signed for the webhook of somebody else', async () => {
  const { verify } = paypalSample.source;
  const signed = signPaypal(request, now, { webhookId: '9XL90610J3647323C' });

  expect(await verify.verify(signed, [], now)).toEqual({ verified: false, cause: 'wrong-signature' });
});

it('verifies nothing without the id of a webhook', async () => {
  for (const none of [[], ['']]) {
    const { verify } = paypal({ webhookIds: none, fetch: async () => new Response(paypalCertificate()) });

    expect(verify.problems).toEqual(['needs the id of at least one webhook']);
    expect(await verify.verify(signPaypal(request, now, { webhookId: '' }), [], now)).toMatchObject({
      verified: false,
    });
  }
});
