import { signRequest, verifyRequest } from '@contentful/node-apps-toolkit';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contentful } from '../../../../../functions/sources/presets/contentful.ts';
import { contentfulSample } from '../../../../../functions/sources/samples/contentful.ts';
import type { VerifiableRequest } from '../../../../../functions/sources/verify/verifier.ts';
import { agreesWithLibrary, now } from '../agrees-with-library.ts';
import { hmac, withHeaders } from '../documented-formula.ts';

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

  it.each([secret.slice(1), `${secret}a`, `${secret.slice(1)}.`])(
    'is not looked at under %s, which is no secret of Contentful',
    async (other) => {
      expect(await verify.verify(signed, [other], now)).toMatchObject({ cause: 'no-secret' });
    },
  );
});
