import { createHash, createHmac, timingSafeEqual, verify } from 'node:crypto';
import { hmacKey, publicKey, type KeySpec } from './key.ts';

/**
 * `digest-…` is a plain hash of a template that holds the secret itself. SHA-1 and MD5 are for senders that know nothing better.
 * ECDSA signatures are DER.
 */
export type Algorithm = `hmac-${HashName}` | 'digest-sha256' | PublicKeyAlgorithm;

export type HashName = 'md5' | 'sha1' | 'sha256' | 'sha512';

export type PublicKeyAlgorithm = 'ed25519' | 'ecdsa-p256-sha256' | 'rsa-sha1' | 'rsa-sha256';

/** Says whether one of the presented signatures is right for the signed bytes. */
export type Check = (signed: readonly Uint8Array[], presented: readonly Buffer[]) => boolean;

const hashes: Readonly<Record<string, HashName>> = {
  'hmac-md5': 'md5',
  'hmac-sha1': 'sha1',
  'hmac-sha256': 'sha256',
  'hmac-sha512': 'sha512',
};

const publicKeyTypes: Readonly<Record<string, { type: string; hash: string | null; curve?: string }>> = {
  ed25519: { type: 'ed25519', hash: null },
  'ecdsa-p256-sha256': { type: 'ec', hash: 'sha256', curve: 'prime256v1' },
  'rsa-sha1': { type: 'rsa', hash: 'sha1' },
  'rsa-sha256': { type: 'rsa', hash: 'sha256' },
};

export function isAlgorithm(name: string): boolean {
  return name === 'digest-sha256' || Object.hasOwn(hashes, name) || Object.hasOwn(publicKeyTypes, name);
}

/** How to check under one secret; undefined where the secret is no key of this algorithm. */
export function checkWith(secret: string, algorithm: string, key: KeySpec): Check | undefined {
  if (secret === '') return undefined;
  if (algorithm === 'digest-sha256') {
    return (signed, presented) => isAmong(presented, digest(createHash('sha256'), signed));
  }
  const hash = Object.hasOwn(hashes, algorithm) ? hashes[algorithm] : undefined;
  return hash === undefined ? publicKeyCheck(secret, algorithm, key) : hmacCheck(secret, hash, key);
}

function hmacCheck(secret: string, hash: HashName, spec: KeySpec): Check | undefined {
  const key = hmacKey(secret, spec);
  return key && ((signed, presented) => isAmong(presented, digest(createHmac(hash, key), signed)));
}

function publicKeyCheck(secret: string, algorithm: string, spec: KeySpec): Check | undefined {
  const wanted = Object.hasOwn(publicKeyTypes, algorithm) ? publicKeyTypes[algorithm] : undefined;
  const key = publicKey(secret, spec);
  if (wanted === undefined || key?.asymmetricKeyType !== wanted.type) return undefined;
  if (key.asymmetricKeyDetails?.namedCurve !== wanted.curve) return undefined;
  return (signed, presented) => {
    const bytes = Buffer.concat(signed);
    return presented.some((signature) => verifies(wanted.hash, bytes, key, signature));
  };
}

function verifies(hash: string | null, bytes: Buffer, key: Parameters<typeof verify>[2], signature: Buffer) {
  try {
    return verify(hash, bytes, key, signature);
  } catch {
    return false;
  }
}

function digest(
  hash: { update(piece: Uint8Array): unknown; digest(): Buffer },
  pieces: readonly Uint8Array[],
): Buffer {
  for (const piece of pieces) hash.update(piece);
  return hash.digest();
}

/** Looks at every presented signature, so that the time tells nothing of which one was right. */
function isAmong(presented: readonly Buffer[], expected: Buffer): boolean {
  let found = false;
  for (const signature of presented) {
    if (signature.length === expected.length && timingSafeEqual(signature, expected)) found = true;
  }
  return found;
}
