import { createHash, generateKeyPairSync } from 'node:crypto';
import { verifySignature } from '@vonage/jwt';
import { SignJWT, UnsecuredJWT, jwtVerify, type JWTPayload } from 'jose';
import { describe, expect, it } from 'vitest';
import { netlifySample } from '../../../functions/providers/netlify/sample.ts';
import type { Sample } from '../../../functions/providers/sample.ts';
import { vonageSample } from '../../../functions/providers/vonage/sample.ts';
import type { VerifiableRequest } from '../../../functions/signatures/verifiable-request.ts';
import { agreesWithLibrary, now, textSecrets } from '../agrees-with-library.ts';
import { withHeaders } from '../documented-formula.ts';

const sha256 = (body: Uint8Array) => createHash('sha256').update(body).digest('hex');
const hs256 = (claims: JWTPayload, secret: string) =>
  new SignJWT(claims).setProtectedHeader({ alg: 'HS256', typ: 'JWT' }).sign(Buffer.from(secret));

const tokenOf = ({ headers }: VerifiableRequest) =>
  headers['x-webhook-signature'] ?? headers['authorization']?.replace(/^Bearer /, '') ?? '';

/** The two claims of Netlify's documentation. */
async function isNetlifys(request: VerifiableRequest, secret: string): Promise<boolean> {
  try {
    const { payload } = await jwtVerify(tokenOf(request), Buffer.from(secret), {
      algorithms: ['HS256'],
      issuer: 'netlify',
    });
    return payload['sha256'] === sha256(request.body);
  } catch {
    return false;
  }
}

describe('Netlify', () => {
  agreesWithLibrary({
    name: 'jose',
    sample: netlifySample,
    keys: textSecrets,
    sign: async (request, { secret }) =>
      withHeaders(request, {
        'x-webhook-signature': await hs256({ iss: 'netlify', sha256: sha256(request.body) }, secret),
      }),
    accepts: (request, { secret }) => isNetlifys(request, secret),
  });
});

describe('Vonage', () => {
  agreesWithLibrary({
    name: '@vonage/jwt',
    sample: vonageSample,
    keys: textSecrets,
    sign: async (request, { secret }) => {
      const claims = { iss: 'Vonage', payload_hash: sha256(request.body), iat: now.getTime() / 1000 };
      return withHeaders(request, { authorization: `Bearer ${await hs256(claims, secret)}` });
    },
    // The library checks the token, and leaves the hash of the body to whoever calls it.
    accepts: (request, { secret }) => {
      const claims = JSON.parse(
        Buffer.from(tokenOf(request).split('.')[1] ?? '', 'base64url').toString(),
      ) as {
        payload_hash: string;
      };
      return verifySignature(tokenOf(request), secret) && claims.payload_hash === sha256(request.body);
    },
  });
});

interface Sender {
  readonly sample: Sample;
  readonly claims: (body: Uint8Array) => JWTPayload;
  readonly headers: (token: string) => Readonly<Record<string, string>>;
}

const senders: readonly [string, Sender][] = [
  [
    'Netlify',
    {
      sample: netlifySample,
      claims: (body) => ({ iss: 'netlify', sha256: sha256(body) }),
      headers: (token) => ({ 'x-webhook-signature': token }),
    },
  ],
  [
    'Vonage',
    {
      sample: vonageSample,
      claims: (body) => ({ iss: 'Vonage', payload_hash: sha256(body) }),
      headers: (token) => ({ authorization: `Bearer ${token}` }),
    },
  ],
];

describe.each(senders)("a token of %s's", (_, { sample, claims, headers }) => {
  const body = Buffer.from('{"id":"a"}');
  const isAccepted = async (token: string) => {
    const request = { method: 'POST', path: '/', rawQuery: '', headers: headers(token), body };
    return (await sample.source.verify.verify(request, ['secret'], now)).verified;
  };

  it('is refused without a signature, whatever its header says', async () => {
    const none = new UnsecuredJWT(claims(body)).encode();
    const [, payload = ''] = none.split('.');
    const header = Buffer.from('{"alg":"HS256","typ":"JWT"}').toString('base64url');

    expect(await isAccepted(await hs256(claims(body), 'secret'))).toBe(true);
    expect(await isAccepted(none)).toBe(false);
    expect(await isAccepted(`${header}.${payload}.`)).toBe(false);
    expect(await isAccepted(`${header}.${payload}`)).toBe(false);
  });

  it('is refused under another algorithm', async () => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const rs256 = await new SignJWT(claims(body)).setProtectedHeader({ alg: 'RS256' }).sign(privateKey);
    const hs512 = await new SignJWT(claims(body))
      .setProtectedHeader({ alg: 'HS512' })
      .sign(Buffer.from('secret'));

    expect(await isAccepted(rs256)).toBe(false);
    expect(await isAccepted(hs512)).toBe(false);
  });

  it('is refused without the hash of the body, with that of another, or with one in upper case', async () => {
    const [name = ''] = Object.keys(claims(body)).filter((claim) => claim !== 'iss');
    const withHash = async (hash: unknown) => await hs256({ ...claims(body), [name]: hash }, 'secret');

    expect(await isAccepted(await withHash(undefined))).toBe(false);
    expect(await isAccepted(await withHash(sha256(Buffer.from('{}'))))).toBe(false);
    expect(await isAccepted(await withHash(sha256(body).toUpperCase()))).toBe(false);
  });

  it('is refused once it has expired, where it says so', async () => {
    const at = now.getTime() / 1000;

    expect(await isAccepted(await hs256({ ...claims(body), exp: at + 1 }, 'secret'))).toBe(true);
    expect(await isAccepted(await hs256({ ...claims(body), exp: at - 120 }, 'secret'))).toBe(false);
  });
});

it("refuses a token that somebody else than Netlify issued under Netlify's secret", async () => {
  const body = Buffer.from('{}');
  const token = await hs256({ iss: 'other', sha256: sha256(body) }, 'secret');
  const request = {
    method: 'POST',
    path: '/',
    rawQuery: '',
    headers: { 'x-webhook-signature': token },
    body,
  };

  expect((await netlifySample.source.verify.verify(request, ['secret'], now)).verified).toBe(false);
});
