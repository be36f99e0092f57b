import { generateKeyPairSync } from 'node:crypto';
import { exportJWK, SignJWT, type JWTPayload } from 'jose';
import { describe, expect, it } from 'vitest';
import { jwks } from '../../../../functions/sources/verify/json-web-key.ts';
import { jwt, type JwtSpec } from '../../../../functions/sources/verify/jwt.ts';
import { aRequest } from './a-request.ts';

const now = new Date('2026-03-01T12:00:00Z');
const nowSeconds = now.getTime() / 1000;
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const ec = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });

const published = async () => ({
  keys: [
    { ...(await exportJWK(rsa.publicKey)), kid: 'rsa' },
    { ...(await exportJWK(ec.publicKey)), kid: 'ec' },
    { kty: 'oct', kid: 'shared', k: 'c2VjcmV0' },
    { kty: 'EC', kid: 'broken', crv: 'P-256', x: 'AA', y: 'AA' },
    'junk',
  ],
});

function aKeySet() {
  const asked: string[] = [];
  const keys = jwks('https://keys.example/jwks', async (url) => {
    asked.push(url);
    return Response.json(await published());
  });
  return { keys, asked };
}

const base = (keys = aKeySet().keys): JwtSpec => ({
  name: 'test',
  algorithm: 'RS256',
  keys,
  issuer: ['https://accounts.google.com', 'accounts.google.com'],
  audience: 'https://hooks.example.com',
  mustExpire: true,
  claims: { email: 'push@example.com', email_verified: true },
});

const claims: JWTPayload = {
  iss: 'https://accounts.google.com',
  aud: 'https://hooks.example.com',
  exp: nowSeconds + 600,
  email: 'push@example.com',
  email_verified: true,
};

const tokenOf = (payload: JWTPayload, kid = 'rsa') =>
  new SignJWT(payload).setProtectedHeader({ alg: 'RS256', kid }).sign(rsa.privateKey);

const verdictOf = async (spec: JwtSpec, token: string, secrets: string[] = []) =>
  await jwt(spec).verify(aRequest({ headers: { authorization: `Bearer ${token}` } }), secrets, now);

describe('a token under published keys', () => {
  it('is accepted when every claim is right', async () => {
    expect(await verdictOf(base(), await tokenOf(claims))).toEqual({ verified: true });
    expect(
      await verdictOf(base(), await tokenOf({ ...claims, aud: ['a', 'https://hooks.example.com'] })),
    ).toEqual({
      verified: true,
    });
  });

  it.each<[string, JWTPayload]>([
    ['another issuer', { iss: 'https://evil.example' }],
    ['another audience', { aud: 'https://other.example.com' }],
    ['another address', { email: 'other@example.com' }],
    ['an address that is not verified', { email_verified: false }],
    ['a word where a truth is meant', { email_verified: 'true' }],
    ['an end that has passed', { exp: nowSeconds - 61 }],
    ['a beginning that has not come', { nbf: nowSeconds + 61 }],
  ])('is refused with %s', async (_, change) => {
    expect(await verdictOf(base(), await tokenOf({ ...claims, ...change }))).toMatchObject({
      verified: false,
    });
  });

  it('is refused without an end, without a key name, and without a claim that is wanted', async () => {
    const without = (claim: string) =>
      Object.fromEntries(Object.entries(claims).filter(([name]) => name !== claim));
    const keyless = await new SignJWT(claims).setProtectedHeader({ alg: 'RS256' }).sign(rsa.privateKey);

    expect(await verdictOf(base(), await tokenOf(without('exp')))).toMatchObject({
      cause: 'malformed-signature',
    });
    expect(await verdictOf(base(), await tokenOf(without('email')))).toMatchObject({
      cause: 'wrong-signature',
    });
    expect(await verdictOf(base(), keyless)).toMatchObject({ cause: 'malformed-signature' });
  });

  it.each(['ec', 'shared', 'broken', 'unknown', '__proto__'])(
    'is refused under a key that is not there or of another kind: %s',
    async (kid) => {
      expect(await verdictOf(base(), await tokenOf(claims, kid))).toEqual({
        verified: false,
        cause: 'wrong-signature',
      });
    },
  );

  it('fetches the keys once, and again for a name that is new', async () => {
    const { keys, asked } = aKeySet();
    const spec = base(keys);

    for (let i = 0; i < 5; i++) await verdictOf(spec, await tokenOf(claims));
    expect(asked).toHaveLength(1);
    await verdictOf(spec, await tokenOf(claims, 'new'));
    expect(asked).toHaveLength(2);
  });
});

describe('a token under a shared secret', () => {
  const spec: JwtSpec = { name: 'test', algorithm: 'HS256', bodySha256: 'sha256' };

  it('is accepted under any of the secrets, and covers the body', async () => {
    const body = Buffer.from('{"a":1}');
    const hash = '015abd7f5cc57a2dd94b7590f04ad8084273905ee33ec5cebeae62276a97f862';
    const token = await new SignJWT({ sha256: hash })
      .setProtectedHeader({ alg: 'HS256' })
      .sign(Buffer.from('older'));
    const send = async (sent: Uint8Array, secrets: string[]) =>
      await jwt(spec).verify(
        aRequest({ body: sent, headers: { authorization: `Bearer ${token}` } }),
        secrets,
        now,
      );

    expect(await send(body, ['newest', 'older'])).toEqual({ verified: true });
    expect(await send(Buffer.from('{"a":2}'), ['older'])).toMatchObject({ cause: 'wrong-signature' });
    expect(await send(body, ['newest'])).toMatchObject({ cause: 'wrong-signature' });
    expect(await send(body, [])).toMatchObject({ cause: 'no-secret' });
    expect(await send(body, [''])).toMatchObject({ cause: 'no-secret' });
  });

  it.each([
    '',
    'a',
    'a.b',
    'a.b.c',
    '..',
    'e30.e30.e30',
    'e30.e30.AA==',
    `${'a'.repeat(100_000)}.b.c`,
    'é.é.é',
  ])('is refused when it is no token: %j', async (token) => {
    expect(await verdictOf(spec, token, ['secret'])).toMatchObject({ verified: false });
  });
});

it('reports keys where HS256 takes secrets, and none where keys are needed', () => {
  expect(jwt({ name: 'test', algorithm: 'RS256' }).problems).toHaveLength(1);
  expect(jwt({ ...base(), algorithm: 'HS256' }).problems).toHaveLength(1);
  expect(jwt(base()).problems).toEqual([]);
});
