import { createPublicKey, type KeyObject } from 'node:crypto';
import * as z from 'zod';
import { fetchText, type Fetch } from './fetch-text.ts';
import { fetchedKeys, type FetchedKey, type KeySet } from './fetched-keys.ts';

/** Of the kinds that sign tokens here, public members only: a symmetric key in a public set would let everybody sign. */
export const jsonWebKeySchema = z.object({
  kid: z.string(),
  kty: z.enum(['EC', 'RSA']),
  crv: z.string().exactOptional(),
  x: z.string().exactOptional(),
  y: z.string().exactOptional(),
  n: z.string().exactOptional(),
  e: z.string().exactOptional(),
});

const setSchema = z.object({ keys: z.array(z.unknown()) });

/** Undefined where it is no public key. */
export function publicKeyOf(jwk: z.infer<typeof jsonWebKeySchema>): KeyObject | undefined {
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
      const jwk = jsonWebKeySchema.safeParse(each).data;
      const key = jwk && publicKeyOf(jwk);
      if (key) found[jwk.kid] = { key };
    }
    return found;
  });
}
