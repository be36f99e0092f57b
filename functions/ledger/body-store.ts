import { gunzipSync, gzipSync } from 'node:zlib';
import type { StoredBody } from './event.ts';
import { sha256Hex } from './keys.ts';

/**
 * A larger body goes to the bucket. An inline body is read with its event at every receive and check, and above this that costs more than
 * a PUT and a GET (docs/decisions.md, D-053).
 */
const inlineLimitBytes = 16 * 1024;

/** Where large bodies are kept: a bucket. */
export interface ObjectStore {
  /** Writing the same key again is harmless: the key is made of the content. */
  put(key: string, data: Uint8Array): Promise<void>;
  get(key: string): Promise<Uint8Array | undefined>;
}

/** For functions that never read or write a body. */
export const noBodies: ObjectStore = {
  put: () => Promise.reject(new Error('this function stores no bodies')),
  get: () => Promise.reject(new Error('this function reads no bodies')),
};

/** Gzips a body and, where it is still over 16 KB, puts it into the store first (claim check). */
export async function packBody(raw: Uint8Array, key: string, objects: ObjectStore): Promise<StoredBody> {
  const body = gzipSync(raw);
  const facts = { bodySha256: sha256Hex(raw), bodyBytes: raw.byteLength };
  if (body.byteLength <= inlineLimitBytes) return { body, ...facts };
  const bodyKey = `bodies/${sha256Hex(key)}/${facts.bodySha256}`;
  await objects.put(bodyKey, body);
  return { bodyKey, ...facts };
}

/** The bytes as they were received; undefined where the store no longer has them. */
export async function unpackBody(
  { body, bodyKey }: StoredBody,
  objects: ObjectStore,
): Promise<Uint8Array | undefined> {
  const packed = body ?? (bodyKey === undefined ? undefined : await objects.get(bodyKey));
  return packed && gunzipSync(packed);
}
