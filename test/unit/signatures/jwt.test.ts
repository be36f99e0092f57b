import { createHash, createHmac, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { exportJWK, SignJWT, type JWTPayload } from 'jose';
import { describe, expect, it } from 'vitest';
import { jwks } from '../../../functions/signatures/json-web-key.ts';
import { jwt, type JwtSpec } from '../../../functions/signatures/jwt.ts';
import { signJwt } from '../../../functions/signatures/sign-jwt.ts';
import type { VerifiableRequest } from '../../../functions/signatures/verifiable-request.ts';
import { aRequest } from '../../support/a-request.ts';
import { isVerified } from '../../support/provider/is-verified.ts';

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

  it('counts for a minute after its end, or for as long as the scheme says', async () => {
    const endedAgo = (seconds: number) => tokenOf({ ...claims, exp: nowSeconds - seconds });
    const patient = { ...base(), graceSeconds: 1800 };

    expect(await verdictOf(base(), await endedAgo(60))).toEqual({ verified: true });
    expect(await verdictOf(patient, await endedAgo(1800))).toEqual({ verified: true });
    expect(await verdictOf(patient, await endedAgo(1801))).toMatchObject({ cause: 'timestamp-expired' });
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

  it('is refused where its signature is of something else, or too short', async () => {
    const [head, , written] = (await tokenOf(claims)).split('.');
    const [, other] = (await tokenOf({ ...claims, sub: 'other' })).split('.');

    for (const forged of [`${head}.${other}.${written}`, `${head}.${other}.AAAA`]) {
      expect(await verdictOf(base(), forged)).toEqual({ verified: false, cause: 'wrong-signature' });
    }
  });

  it('is accepted for any audience where none is wanted', async () => {
    const spec: JwtSpec = { name: 'test', algorithm: 'RS256', keys: aKeySet().keys };

    expect(await verdictOf(spec, await tokenOf(claims))).toEqual({ verified: true });
  });

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

  it('is refused where its signature is cut', async () => {
    const token = await new SignJWT({}).setProtectedHeader({ alg: 'HS256' }).sign(Buffer.from('secret'));
    const cut = token.slice(0, token.lastIndexOf('.') + 5);

    expect(await verdictOf(spec, cut, ['secret'])).toEqual({ verified: false, cause: 'wrong-signature' });
  });

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

  it.each(['', 'a', 'a.b', 'a.b.c', '..', 'e30.e30.e30', 'e30.e30.AA==', 'é.é.é'])(
    'is refused when it is no token: %j',
    async (token) => {
      expect(await verdictOf(spec, token, ['secret'])).toMatchObject({ verified: false });
    },
  );

  it('is refused when it is 100 KB of something else', async () => {
    const token = `${'a'.repeat(100_000)}.b.c`;

    expect(await verdictOf(spec, token, ['secret'])).toMatchObject({ verified: false });
  });
});

it('reports keys where HS256 takes secrets, and none where keys are needed', () => {
  const problem = 'HS256 takes the secrets of the source, the other algorithms need keys';

  expect(jwt({ name: 'test', algorithm: 'RS256' }).problems).toEqual([problem]);
  expect(jwt({ ...base(), algorithm: 'HS256' }).problems).toEqual([problem]);
  expect(jwt(base()).problems).toEqual([]);
});

it('needs a secret where it has no keys, or where its keys need one', () => {
  expect(jwt({ name: 'test', algorithm: 'HS256' }).needsSecret).toBe(true);
  expect(jwt(base()).needsSecret).toBe(false);
  expect(jwt({ ...base(), keysNeedSecret: false }).needsSecret).toBe(false);
  expect(jwt({ ...base(), keysNeedSecret: true }).needsSecret).toBe(true);
});

describe('a key of another kind than the algorithm', () => {
  /** Signed by the key that is found, under an algorithm that is none of its. */
  const signedBy = (key: KeyObject, alg: string) => {
    const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const text = `${part({ alg, kid: 'k' })}.${part(claims)}`;
    const signature = sign('sha256', Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' });
    return `${text}.${signature.toString('base64url')}`;
  };
  const p384 = generateKeyPairSync('ec', { namedCurve: 'P-384' });
  const under = async (
    algorithm: 'ES256' | 'RS256',
    pair: { publicKey: KeyObject; privateKey: KeyObject },
  ) => {
    const keys = { find: async () => pair.publicKey };
    return await verdictOf({ ...base(keys), algorithm }, signedBy(pair.privateKey, algorithm));
  };

  it('verifies nothing, not even what it signed', async () => {
    expect(await under('RS256', rsa)).toEqual({ verified: true });
    expect(await under('ES256', ec)).toEqual({ verified: true });
    expect(await under('RS256', ec)).toEqual({ verified: false, cause: 'wrong-signature' });
    expect(await under('ES256', rsa)).toEqual({ verified: false, cause: 'wrong-signature' });
    expect(await under('ES256', p384)).toEqual({ verified: false, cause: 'wrong-signature' });
  });
});

describe('the times of a token', () => {
  const shared: JwtSpec = { name: 'test', algorithm: 'HS256' };
  const under = async (spec: Partial<JwtSpec>, payload: JWTPayload | Record<string, unknown>) => {
    const token = await new SignJWT(payload).setProtectedHeader({ alg: 'HS256' }).sign(Buffer.from('s'));
    return await verdictOf({ ...shared, ...spec }, token, ['s']);
  };
  const aged = { maxAgeSeconds: 300 };

  it.each<[string, Partial<JwtSpec>, Record<string, unknown>]>([
    ['none at all', {}, {}],
    ['an end a minute ago: clocks differ', {}, { exp: nowSeconds - 60 }],
    ['a beginning in a minute', {}, { nbf: nowSeconds + 60 }],
    ['an age of five minutes', aged, { iat: nowSeconds - 300 }],
    ['an age of minus a minute', aged, { iat: nowSeconds + 60 }],
    ['a beginning at the epoch', {}, { nbf: 0 }],
  ])('may be: %s', async (_, spec, payload) => {
    expect(await under(spec, payload)).toEqual({ verified: true });
  });

  it.each<[string, Partial<JwtSpec>, Record<string, unknown>, string]>([
    ['an end 61 s ago', {}, { exp: nowSeconds - 61 }, 'timestamp-expired'],
    ['a beginning in 61 s', {}, { nbf: nowSeconds + 61 }, 'timestamp-in-future'],
    ['an age of 301 s', aged, { iat: nowSeconds - 301 }, 'timestamp-expired'],
    ['an age of minus 61 s', aged, { iat: nowSeconds + 61 }, 'timestamp-in-future'],
    ['no age where one is wanted', aged, {}, 'malformed-signature'],
    ['an age that is text', aged, { iat: String(nowSeconds) }, 'malformed-signature'],
    ['an end that is text', {}, { exp: String(nowSeconds + 600) }, 'malformed-signature'],
    ['an end before the epoch', {}, { exp: -1 }, 'malformed-signature'],
    ['an end that is null', {}, { exp: null }, 'malformed-signature'],
    ['a beginning that is text', {}, { nbf: '0' }, 'malformed-signature'],
    ['a beginning before the epoch', {}, { nbf: -1 }, 'malformed-signature'],
    ['no end where one is wanted', { mustExpire: true }, {}, 'malformed-signature'],
  ])('may not be: %s', async (_, spec, payload, cause) => {
    expect(await under(spec, payload)).toEqual({ verified: false, cause });
  });

  it.each(['exp', 'nbf'])('may not be endless: %s', async (name) => {
    const part = (text: string) => Buffer.from(text).toString('base64url');
    // Infinity, to JSON.parse.
    const signed = `${part('{"alg":"HS256"}')}.${part(`{"${name}":1e999}`)}`;
    const token = `${signed}.${createHmac('sha256', 's').update(signed).digest('base64url')}`;

    expect(await verdictOf(shared, token, ['s'])).toEqual({ verified: false, cause: 'malformed-signature' });
  });

  it('are not what is looked at first: a wrong signature says nothing of them', async () => {
    const token = await new SignJWT({ exp: 1 })
      .setProtectedHeader({ alg: 'HS256' })
      .sign(Buffer.from('other'));

    expect(await verdictOf(shared, token, ['s'])).toEqual({ verified: false, cause: 'wrong-signature' });
  });
});

describe('a token as it stands in a request', () => {
  const spec: JwtSpec = { name: 'test', algorithm: 'HS256', from: 'query:token' };
  const sign = async (header: Record<string, unknown> = {}) =>
    await new SignJWT({}).setProtectedHeader({ alg: 'HS256', ...header }).sign(Buffer.from('s'));
  const at = async (rawQuery: string, of = spec) => await jwt(of).verify(aRequest({ rawQuery }), ['s'], now);

  it('is read from the place that is named, without Bearer', async () => {
    expect(await at(`token=${await sign()}`)).toEqual({ verified: true });
    expect(await at('')).toEqual({ verified: false, cause: 'missing-signature' });
    expect(jwt(spec).secretHeaders).toEqual([]);
    expect(jwt({ ...spec, from: 'header:X-Token' }).secretHeaders).toEqual(['x-token']);
  });

  it('needs Bearer in the Authorization header, in any case', async () => {
    const token = await sign();
    const under = async (authorization: string) =>
      await jwt({ name: 'test', algorithm: 'HS256' }).verify(
        aRequest({ headers: { authorization } }),
        ['s'],
        now,
      );

    expect(await under(`bearer ${token}`)).toEqual({ verified: true });
    expect(await under(token)).toMatchObject({ verified: false });
    expect(await under(`x Bearer ${token}`)).toMatchObject({ verified: false });
  });

  it('is refused with extensions that must be understood, with more parts, and cut anywhere', async () => {
    const token = await sign();
    const [head = '', body = '', written = ''] = token.split('.');
    const critical = `${Buffer.from('{"alg":"HS256","crit":["x"]}').toString('base64url')}.${body}.${written}`;

    for (const bad of [
      critical,
      `${token}.`,
      `${head}.${body}.`,
      `${head}..${written}`,
      `.${body}.${written}`,
      `${token}=`,
    ]) {
      expect(await at(`token=${bad}`)).toEqual({ verified: false, cause: 'malformed-signature' });
    }
  });

  it.each(['none', 'None', 'RS256', 'HS512', ''])(
    'is refused where it names the algorithm %j',
    async (alg) => {
      const head = Buffer.from(JSON.stringify({ alg })).toString('base64url');
      const signed = `${head}.${Buffer.from('{}').toString('base64url')}`;
      const mac = createHmac('sha256', 's').update(signed).digest('base64url');

      expect(await at(`token=${signed}.${mac}`)).toMatchObject({ verified: false });
      expect(await at(`token=${signed}.`)).toMatchObject({ verified: false });
    },
  );

  it('verifies nothing where its description has a mistake', async () => {
    const mistaken: JwtSpec = { ...spec, from: 'query:token', keys: aKeySet().keys };

    expect(await at(`token=${await sign()}`, mistaken)).toEqual({ verified: false, cause: 'no-secret' });
  });

  it('is refused under a P-384 key, an ES256 token under an RSA key, and keys asked for without a secret', async () => {
    const p384 = generateKeyPairSync('ec', { namedCurve: 'P-384' });
    const asked: string[] = [];
    const keysOf = (key: KeyObject) => ({ find: async (name: string) => (asked.push(name), key) });
    const token = await new SignJWT({}).setProtectedHeader({ alg: 'ES256', kid: 'k' }).sign(ec.privateKey);
    const es256 = (key: KeyObject): JwtSpec => ({ ...spec, algorithm: 'ES256', keys: keysOf(key) });

    expect(await at(`token=${token}`, es256(ec.publicKey))).toEqual({ verified: true });
    expect(await at(`token=${token}`, es256(rsa.publicKey))).toMatchObject({ cause: 'wrong-signature' });
    expect(await at(`token=${token}`, es256(p384.publicKey))).toMatchObject({ cause: 'wrong-signature' });
    const needing = jwt({ ...es256(ec.publicKey), keysNeedSecret: true });
    const before = asked.length;
    const verdict = await needing.verify(aRequest({ rawQuery: `token=${token}` }), [''], now);
    expect([verdict, asked.length - before]).toEqual([{ verified: false, cause: 'no-secret' }, 0]);
    expect((await needing.verify(aRequest({ rawQuery: `token=${token}` }), ['', 's'], now)).verified).toBe(
      true,
    );
  });
});

it('may hold the digest of the body in base64, and covers nothing of a GET without a body', async () => {
  const digest = (encoding: 'hex' | 'base64') => createHash('sha256').update('{}').digest(encoding);
  const spec = {
    name: 'test',
    algorithm: 'HS256',
    bodySha256: 'sha256',
    bodySha256Encoding: 'base64',
  } as const;
  const withToken = (claims: object, over: Partial<VerifiableRequest> = {}) => ({
    ...aRequest({ body: '{}', headers: { authorization: `Bearer ${signJwt({ ...claims }, 'secret')}` } }),
    ...over,
  });
  const source = { verify: jwt(spec) };

  expect(await isVerified(source, withToken({ sha256: digest('base64') }), 'secret')).toBe(true);
  expect(await isVerified(source, withToken({ sha256: digest('hex') }), 'secret')).toBe(false);
  expect(await isVerified(source, withToken({}), 'secret')).toBe(false);
  expect(await isVerified(source, withToken({}, { method: 'GET', body: Buffer.alloc(0) }), 'secret')).toBe(
    true,
  );
  expect(await isVerified(source, withToken({}, { method: 'GET' }), 'secret')).toBe(false);
  expect(await isVerified(source, withToken({}, { body: Buffer.alloc(0) }), 'secret')).toBe(false);
});
