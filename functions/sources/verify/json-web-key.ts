import { createPublicKey, type JsonWebKey, type KeyObject } from 'node:crypto';
import * as z from 'zod';
import { fetchText, type Fetch } from './fetch-text.ts';
import { fetchedKeys, type FetchedKey, type KeySet } from './fetched-keys.ts';

/** Public members only: a symmetric key in a public set would let everybody sign. */
export const jsonWebKeySchema = z.object({
  kid: z.string(),
  kty: z.enum(['EC', 'RSA', 'OKP']),
  crv: z.string().optional(),
  x: z.string().optional(),
  y: z.string().optional(),
  n: z.string().optional(),
  e: z.string().optional(),
});

const setSchema = z.object({ keys: z.array(z.unknown()) });

/** Undefined where it is no public key. */
export function publicKeyOf({
  kty,
  crv,
  x,
  y,
  n,
  e,
}: z.infer<typeof jsonWebKeySchema>): KeyObject | undefined {
  const members = Object.entries({ kty, crv, x, y, n, e }).filter(([, value]) => value !== undefined);
  const jwk: JsonWebKey = Object.fromEntries(members);
  try {
    return createPublicKey({ key: jwk, format: 'jwk' });
  } catch {
    return undefined;
  }
}

/** The keys a sender publishes at an https address; those we cannot read are left out. */
export function jwks(url: string, fetch: Fetch = globalThis.fetch): KeySet {
  return fetchedKeys(async () => {
    const { keys } = setSchema.parse(JSON.parse(await fetchText(url, fetch)));
    const found: Record<string, FetchedKey> = {};
    for (const each of keys) {
      const jwk = jsonWebKeySchema.safeParse(each);
      const key = jwk.success ? publicKeyOf(jwk.data) : undefined;
      if (jwk.success && key !== undefined) found[jwk.data.kid] = { key };
    }
    return found;
  });
}
