import { signRequest, verifyRequest } from '@contentful/node-apps-toolkit';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contentful } from '../../functions/providers/contentful/preset.ts';
import { contentfulSample } from '../../functions/providers/contentful/sample.ts';
import type { VerifiableRequest } from '../../functions/signatures/verifiable-request.ts';
import { aRequest } from '../support/a-request.ts';
import { agreesWithLibrary } from '../support/provider/agrees-with-library.ts';
import { now } from '../support/provider/clock.ts';
import { hmac, withHeaders } from '../support/provider/documented-formula.ts';
import { eventsOf } from '../support/provider/events-of.ts';
import { testProvider } from '../support/provider/test-provider.ts';

testProvider('contentful');

it('the idempotency key, else topic, resource and version', async () => {
  const headers = {
    'content-type': 'application/vnd.contentful.management.v1+json',
    'x-contentful-topic': 'ContentManagement.Entry.publish',
  };
  const sys = { id: 'e1', type: 'Entry', revision: 4 };
  const source = contentful({ publicUrl: 'https://hooks.example.com/c' });

  expect(await eventsOf(source, { sys }, headers)).toEqual([
    ['ContentManagement.Entry.publish/e1/4', 'ContentManagement.Entry.publish', 'e1'],
  ]);
  expect(await eventsOf(source, { sys }, { ...headers, 'x-contentful-idempotency-key': 'k1' })).toEqual([
    ['k1', 'ContentManagement.Entry.publish', 'e1'],
  ]);
});

const alphabet = '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ+/=_-';

const keys = fc
  .array(fc.nat(alphabet.length - 1), { minLength: 64, maxLength: 64 })
  .map((places) => ({ secret: places.map((place) => alphabet[place]).join('') }));

const topic = 'ContentManagement.Entry.save';

const canonical = ({ body, headers }: VerifiableRequest, path: string) => ({
  method: 'POST' as const,
  path,
  headers: { ...headers },
  body: Buffer.from(body).toString(),
});

function signedBySdk(request: VerifiableRequest, secret: string, path: string): VerifiableRequest {
  const headers = { 'x-contentful-topic': topic };
  const signed = signRequest(secret, canonical({ ...request, headers }, path), now.getTime());
  return withHeaders(request, { ...signed });
}

describe.each([
  ['/webhooks/contentful', ''],
  ['/webhooks/contentful', 'x=1&y=%20z'],
  ['/webhooks/einträge', ''],
])('at %s?%s', (path, query) => {
  const whole = query === '' ? path : `${path}?${query}`;
  const source = contentful({ publicUrl: `https://hooks.example.com${path}` });
  agreesWithLibrary({
    name: '@contentful/node-apps-toolkit',
    sample: {
      ...contentfulSample,
      source,
      request: (at) => ({ ...contentfulSample.request(at), rawQuery: query }),
    },
    keys,
    sign: (request, { secret }) => signedBySdk(request, secret, whole),
    accepts: (request, { secret }) => {
      try {
        return verifyRequest(secret, canonical(request, whole), 30);
      } catch {
        return false;
      }
    },
  });
});

describe('a signature', () => {
  const { secret } = contentfulSample.key;
  const request: VerifiableRequest = {
    method: 'POST',
    path: '/',
    rawQuery: '',
    headers: { 'x-contentful-topic': topic },
    body: Buffer.from('{}'),
    publicUrl: 'https://hooks.example.com/c',
  };
  const { verify } = contentfulSample.source;
  const signed = signedBySdk(request, secret, '/c');
  /** Signed by hand, with another list of headers. */
  const listing = (list: string) => {
    const headers = {
      ...signed.headers,
      'x-contentful-signed-headers': list,
    } as Readonly<Record<string, string>>;
    const lines = list.split(',').map((name) => `${name}:${headers[name] ?? ''}`);
    const signature = hmac('sha256', secret, `POST\n/c\n${lines.join(';')}\n{}`).toString('hex');
    return { ...request, headers: { ...headers, 'x-contentful-signature': signature } };
  };

  it('covers the headers it names', async () => {
    const other = withHeaders(signed, { 'x-contentful-topic': 'ContentManagement.Entry.delete' });

    expect(await verify.verify(signed, [secret], now)).toEqual({ verified: true });
    expect(await verify.verify(other, [secret], now)).toMatchObject({ cause: 'wrong-signature' });
  });

  it.each([
    'x-contentful-timestamp',
    'x-contentful-signed-headers',
    'x-contentful-signed-headers,x-contentful-timestamp,x-contentful-timestamp',
    'x-contentful-signed-headers,x-contentful-timestamp,x-missing',
    'X-Contentful-Signed-Headers,X-Contentful-Timestamp',
    '',
  ])('is refused where it names %j', async (list) => {
    const good = listing('x-contentful-signed-headers,x-contentful-timestamp');

    expect(await verify.verify(good, [secret], now)).toEqual({ verified: true });
    expect((await verify.verify(listing(list), [secret], now)).verified).toBe(false);
  });

  it.each([
    [29, true],
    [31, false],
    [-29, true],
    [-31, false],
  ])('made %i s ago is accepted: %s', async (seconds, expected) => {
    const verdict = await verify.verify(signed, [secret], new Date(now.getTime() + seconds * 1000));

    expect(verdict.verified).toBe(expected);
  });

  const names = ['x-contentful-signature', 'x-contentful-signed-headers', 'x-contentful-timestamp'];
  it.each(names)('is missing without %s, whether there is a secret or not', async (name) => {
    const headers = Object.fromEntries(Object.entries(signed.headers).filter(([key]) => key !== name));

    for (const secrets of [[secret], []]) {
      expect(await verify.verify({ ...signed, headers }, secrets, now)).toEqual({
        verified: false,
        cause: 'missing-signature',
      });
    }
  });

  it.each([
    ['x-contentful-signature', 'no hex'],
    ['x-contentful-timestamp', 'yesterday'],
    ['x-contentful-signed-headers', 'x-contentful-timestamp'],
  ])('is malformed where %s is %j', async (name, value) => {
    const verdict = await verify.verify(withHeaders(signed, { [name]: value }), [secret], now);

    expect(verdict).toEqual({ verified: false, cause: 'malformed-signature' });
  });

  it('is wrong where it is a byte short', async () => {
    const short = { 'x-contentful-signature': 'ab'.repeat(31) };

    expect(await verify.verify(withHeaders(signed, short), [secret], now)).toEqual({
      verified: false,
      cause: 'wrong-signature',
    });
  });

  /** Signed by hand, with a line for the path as it is given here. */
  const underPath = async (publicUrl: string | undefined, path: string, rawQuery = '') => {
    const list = 'x-contentful-signed-headers,x-contentful-timestamp';
    const timestamp = String(now.getTime());
    const lines = `x-contentful-signed-headers:${list};x-contentful-timestamp:${timestamp}`;
    const headers = {
      'x-contentful-signed-headers': list,
      'x-contentful-timestamp': timestamp,
      'x-contentful-signature': hmac('sha256', secret, `POST\n${path}\n${lines}\n{}`).toString('hex'),
    };
    const sent = aRequest({
      headers,
      rawQuery,
      body: '{}',
      ...(publicUrl === undefined ? {} : { publicUrl }),
    });
    return (await verify.verify(sent, [secret], now)).verified;
  };

  it.each([
    ['https://hooks.example.com', '', '/'],
    ['http://hooks.example.com', '', '/'],
    ['https://hooks.example.com', 'x=1', '/?x=1'],
    ['https://hooks.example.com', 'x=1', '/?x%253D1'],
    ['https://hooks.example.com/a?x=1', '', '/a?x=1'],
    ['https://hooks.example.com/a/https://b/c', '', '/a/https://b/c'],
    ['https://hooks.example.com/a?', '', '/a?'],
    ['https://hooks.example.com/\ud800', '', '/\ud800'],
  ])('covers the path of %s with the query %j as %s', async (publicUrl, rawQuery, path) => {
    expect(await underPath(publicUrl, path, rawQuery)).toBe(true);
    expect(await underPath(publicUrl, `${path}x`, rawQuery)).toBe(false);
  });

  it('covers nothing without the address that is registered', async () => {
    expect(await underPath(undefined, '/')).toBe(false);
    expect(await underPath(undefined, 'undefined')).toBe(false);
  });

  it('covers the values of headers without the space around them', async () => {
    const list = 'x-contentful-signed-headers,x-contentful-timestamp,x-spaced';
    const headers = {
      'x-contentful-signed-headers': list,
      'x-contentful-timestamp': String(now.getTime()),
      'x-spaced': '  a b ',
    };
    const lines = `x-contentful-signed-headers:${list};x-contentful-timestamp:${now.getTime()};x-spaced:a b`;
    const signature = hmac('sha256', secret, `POST\n/c\n${lines}\n{}`).toString('hex');
    const sent = { ...request, headers: { ...headers, 'x-contentful-signature': signature } };

    expect(await verify.verify(sent, [secret], now)).toEqual({ verified: true });
  });

  it.each([secret.slice(1), `${secret}a`, `${secret.slice(1)}.`])(
    'is not looked at under %s, which is no secret of Contentful',
    async (other) => {
      expect(await verify.verify(signed, [other], now)).toMatchObject({ cause: 'no-secret' });
    },
  );
});
