import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import { SignJWT, UnsecuredJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import { plaid } from '../../functions/providers/plaid/preset.ts';
import { agreesWithLibrary } from '../support/provider/agrees-with-library.ts';
import { now } from '../support/provider/clock.ts';
import { testProvider } from '../support/provider/test-provider.ts';
import { plaidKeyId, plaidKeys, testSamples } from '../support/provider/test-samples.ts';

testProvider('plaid');

const sample = testSamples['plaid']!;

const bodyClaim = (body: Uint8Array) => ({
  request_body_sha256: createHash('sha256').update(body).digest('hex'),
});

const issuedAt = Math.floor(now.getTime() / 1000);

agreesWithLibrary({
  name: 'jose',
  sample,
  keys: fc.constant(sample.key),
  sign: async (request) => {
    const token = await new SignJWT(bodyClaim(request.body))
      .setProtectedHeader({ alg: 'ES256', kid: plaidKeyId, typ: 'JWT' })
      .setIssuedAt(issuedAt)
      .sign(plaidKeys.privateKey);
    return { ...request, headers: { ...request.headers, 'plaid-verification': token } };
  },
});

describe('a token', () => {
  const body = Buffer.from('{"item_id":"i1"}');
  const verdictOf = async (token: string) =>
    await sample.source.verify.verify(
      { method: 'POST', path: '/', rawQuery: '', headers: { 'plaid-verification': token }, body },
      [sample.key.secret],
      now,
    );
  const jwt = (claims: Record<string, unknown>, header: Record<string, unknown> = {}) =>
    new SignJWT({ ...bodyClaim(body), iat: issuedAt, ...claims }).setProtectedHeader({
      alg: 'ES256',
      kid: plaidKeyId,
      ...header,
    });

  it('is accepted when all is right', async () => {
    expect(await verdictOf(await jwt({}).sign(plaidKeys.privateKey))).toEqual({ verified: true });
  });

  it('is refused without a signature, whatever its header says', async () => {
    const none = new UnsecuredJWT({ ...bodyClaim(body), iat: issuedAt }).encode();
    const [, claims = ''] = none.split('.');
    const header = Buffer.from(JSON.stringify({ alg: 'ES256', kid: plaidKeyId })).toString('base64url');

    expect(await verdictOf(none)).toEqual({ verified: false, cause: 'malformed-signature' });
    expect(await verdictOf(`${header}.${claims}.`)).toEqual({
      verified: false,
      cause: 'malformed-signature',
    });
    expect(await verdictOf(`${header}.${claims}`)).toEqual({ verified: false, cause: 'malformed-signature' });
  });

  it('is refused under HS256 with the public key for a secret', async () => {
    const pem = plaidKeys.publicKey.export({ format: 'pem', type: 'spki' }).toString();
    const token = await jwt({}, { alg: 'HS256' }).sign(Buffer.from(pem));

    expect(await verdictOf(token)).toEqual({ verified: false, cause: 'malformed-signature' });
  });

  it('is refused when it is old, from the future, or does not say when it was issued', async () => {
    const at = async (iat: unknown) => verdictOf(await jwt({ iat }).sign(plaidKeys.privateKey));

    expect(await at(issuedAt - 301)).toEqual({ verified: false, cause: 'timestamp-expired' });
    expect(await at(issuedAt + 61)).toEqual({ verified: false, cause: 'timestamp-in-future' });
    expect(await at(`${issuedAt}`)).toMatchObject({ cause: 'malformed-signature' });
  });

  it('is refused for another body, with critical extensions, or under a key that does not exist', async () => {
    const other = bodyClaim(Buffer.from('{}'));
    const unknown = { kid: '00000000-92dc-479e-a8ff-5a51992e0001' };

    expect(await verdictOf(await jwt(other).sign(plaidKeys.privateKey))).toMatchObject({
      cause: 'wrong-signature',
    });
    expect(await verdictOf(await jwt({ request_body_sha256: 5 }).sign(plaidKeys.privateKey))).toMatchObject({
      cause: 'wrong-signature',
    });
    expect(await verdictOf(await jwt({}, unknown).sign(plaidKeys.privateKey))).toMatchObject({
      cause: 'wrong-signature',
    });
    const [, claims, signature] = (await jwt({}).sign(plaidKeys.privateKey)).split('.');
    const critical = Buffer.from(
      JSON.stringify({ alg: 'ES256', kid: plaidKeyId, crit: ['b64'], b64: false }),
    );
    expect(await verdictOf(`${critical.toString('base64url')}.${claims}.${signature}`)).toMatchObject({
      cause: 'malformed-signature',
    });
  });
});

it('is not a refusal when the keys cannot be fetched: the sender is to come again', async () => {
  const down = plaid({ environment: 'production', fetch: () => Promise.reject(new Error('down')) });
  const body = Buffer.from('{}');
  const signed = sample.sign!(
    { method: 'POST', path: '/', rawQuery: '', headers: {}, body },
    sample.key,
    now,
  );

  await expect(down.verify.verify(signed, [sample.key.secret], now)).rejects.toThrow('could not be fetched');
});
