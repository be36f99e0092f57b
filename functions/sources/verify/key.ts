import { createHash, createPublicKey, type KeyObject } from 'node:crypto';
import { decodeStrictly } from './encoding.ts';

/**
 * How a secret is spelled. Those up to `sha1-of-utf8` make HMAC keys, the others public keys. `html` is text in which WordPress has turned five
 * characters into entities, or not.
 */
export type KeyFormat =
  'utf8' | 'html' | 'hex' | 'base64' | 'sha1-of-utf8' | 'raw-hex' | 'raw-base64' | 'spki-base64' | 'pem';

export interface KeySpec {
  readonly format: KeyFormat;
  /** Taken off where the secret begins with it, such as `whsec_`. */
  readonly prefix?: string;
  /** A secret without its prefix is no key: where a list may hold keys of several kinds, a public one must never be taken for a shared one. */
  readonly mustHavePrefix?: boolean;
}

const ed25519Bytes = 32;
const ed25519SpkiHeader = Buffer.from('302a300506032b6570032100', 'hex');

/** The bytes of an HMAC key; undefined where the secret is not spelled as the format says: then it verifies nothing. */
export function hmacKey(secret: string, spec: KeySpec): Buffer | undefined {
  const text = withoutPrefix(secret, spec);
  if (text === '') return undefined;
  switch (spec.format) {
    case 'utf8':
      return Buffer.from(text, 'utf8');
    case 'html':
      return Buffer.from(withoutEntities(text), 'utf8');
    case 'hex':
      return decodeStrictly(text, 'hex-any-case');
    case 'base64':
      return decodeStrictly(text, 'base64');
    case 'sha1-of-utf8':
      return createHash('sha1').update(text, 'utf8').digest();
    case 'raw-hex':
    case 'raw-base64':
    case 'spki-base64':
    case 'pem':
      return undefined;
  }
}

/** A public key; undefined where the secret is not spelled as the format says. */
export function publicKey(secret: string, spec: KeySpec): KeyObject | undefined {
  const text = withoutPrefix(secret, spec);
  try {
    switch (spec.format) {
      case 'raw-hex':
        return ed25519Key(decodeStrictly(text, 'hex-any-case'));
      case 'raw-base64':
        return ed25519Key(decodeStrictly(text, 'base64'));
      case 'spki-base64':
        return spkiKey(decodeStrictly(text, 'base64'));
      case 'pem':
        // A private key or a certificate would do for createPublicKey too; neither belongs here.
        return text.trimStart().startsWith('-----BEGIN PUBLIC KEY-----') ? createPublicKey(text) : undefined;
      case 'utf8':
      case 'html':
      case 'hex':
      case 'base64':
      case 'sha1-of-utf8':
        return undefined;
    }
  } catch {
    return undefined;
  }
}

function ed25519Key(raw: Buffer | undefined): KeyObject | undefined {
  return raw?.length === ed25519Bytes ? spkiKey(Buffer.concat([ed25519SpkiHeader, raw])) : undefined;
}

function spkiKey(der: Buffer | undefined): KeyObject | undefined {
  return der && createPublicKey({ key: der, format: 'der', type: 'spki' });
}

function withoutPrefix(secret: string, { prefix = '', mustHavePrefix = false }: KeySpec): string {
  if (secret.startsWith(prefix)) return secret.slice(prefix.length);
  return mustHavePrefix ? '' : secret;
}

const entity = /&(lt|gt|amp|quot|#0*(?:34|38|39|60|62)|#[xX]0*(?:22|26|27|3[cC]|3[eE]));/g;
const named: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"' };

/** Once: `&amp;lt;` is `&lt;`. */
function withoutEntities(text: string): string {
  return text.replace(entity, (_, name: string) => {
    if (!name.startsWith('#')) return named[name] ?? '';
    const isHex = /^#x/i.test(name);
    return String.fromCharCode(isHex ? parseInt(name.slice(2), 16) : parseInt(name.slice(1), 10));
  });
}
