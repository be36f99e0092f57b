import { createHmac } from 'node:crypto';

/** A JSON Web Token under a shared secret (HS256): for samples, never to verify. */
export function signJwt(claims: Readonly<Record<string, unknown>>, secret: string): string {
  const signed = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode(claims)}`;
  return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
}

function encode(part: unknown): string {
  return Buffer.from(JSON.stringify(part), 'utf8').toString('base64url');
}
