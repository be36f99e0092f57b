import { createHash, generateKeyPairSync } from 'node:crypto';
import { SignJWT, UnsecuredJWT, type JWTPayload } from 'jose';
import { expect, it } from 'vitest';
import type { Sample } from '../../../functions/providers/sample.ts';
import { now } from './clock.ts';

export const sha256 = (body: Uint8Array) => createHash('sha256').update(body).digest('hex');
export const hs256 = (claims: JWTPayload, secret: string) =>
  new SignJWT(claims).setProtectedHeader({ alg: 'HS256', typ: 'JWT' }).sign(Buffer.from(secret));

interface Sender {
  readonly sample: Sample;
  readonly claims: (body: Uint8Array) => JWTPayload;
  readonly headers: (token: string) => Readonly<Record<string, string>>;
}

/** Of a sender that sends a token with the hash of the body, signed by the secret. */
export function tokensAreChecked({ sample, claims, headers }: Sender): void {
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
}
