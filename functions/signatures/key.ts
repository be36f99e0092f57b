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
  /** Taken off where the secret begins with it, such as `whsec_`; of several the first that fits. */
  readonly prefix?: string | readonly string[];
  /** A secret without its prefix is no key: where a list may hold keys of several kinds, a public one must never be taken for a shared one. */
  readonly mustHavePrefix?: boolean;
}

const ed25519Bytes = 32;
const ed25519SpkiHeader = Buffer.from('302a300506032b6570032100', 'hex');

/** Formats that make an HMAC key, and how; the others make none. */
const hmacKeys: ReadonlyMap<string, (text: string) => Buffer | undefined> = new Map([
  ['utf8', (text) => Buffer.from(text)],
  ['html', (text) => Buffer.from(withoutEntities(text))],
  ['hex', (text) => decodeStrictly(text, 'hex-any-case')],
  ['base64', (text) => decodeStrictly(text, 'base64')],
  ['sha1-of-utf8', (text) => createHash('sha1').update(text).digest()],
]);

/** Formats that make a public key. */
const publicKeys: ReadonlyMap<string, (text: string) => KeyObject | undefined> = new Map([
  ['raw-hex', (text) => ed25519Key(decodeStrictly(text, 'hex-any-case'))],
  ['raw-base64', (text) => ed25519Key(decodeStrictly(text, 'base64'))],
  ['spki-base64', (text) => spkiKey(decodeStrictly(text, 'base64'))],
  // A private key or a certificate would do for createPublicKey too; neither belongs here.
  ['pem', (text) => (/^\s*-----BEGIN PUBLIC KEY-----/.test(text) ? createPublicKey(text) : undefined)],
]);

export const isKeyFormat = (name: string): boolean => hmacKeys.has(name) || publicKeys.has(name);

/** The bytes of an HMAC key; undefined where the secret is not spelled as the format says: then it verifies nothing. */
export function hmacKey(secret: string, spec: KeySpec): Buffer | undefined {
  const text = withoutPrefix(secret, spec);
  return text === '' ? undefined : hmacKeys.get(spec.format)?.(text);
}

/** A public key; undefined where the secret is not spelled as the format says. */
export function publicKey(secret: string, spec: KeySpec): KeyObject | undefined {
  try {
    return publicKeys.get(spec.format)?.(withoutPrefix(secret, spec));
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

function withoutPrefix(secret: string, { prefix = [], mustHavePrefix = false }: KeySpec): string {
  const found = [prefix].flat().find((one) => secret.startsWith(one));
  if (found !== undefined) return secret.slice(found.length);
  return mustHavePrefix ? '' : secret;
}

const entity = /&(lt|gt|amp|quot|#0*(?:34|38|39|60|62)|#[xX]0*(?:22|26|27|3[cC]|3[eE]));/g;
const named: ReadonlyMap<string, string> = new Map([
  ['lt', '<'],
  ['gt', '>'],
  ['amp', '&'],
  ['quot', '"'],
]);

/** Once: `&amp;lt;` is `&lt;`. A number may be decimal or, after an x, hexadecimal: `034` and `0x22` to Node. */
function withoutEntities(text: string): string {
  return text.replace(
    entity,
    (_, name: string) => named.get(name) ?? String.fromCharCode(Number(`0${name.slice(1)}`)),
  );
}
