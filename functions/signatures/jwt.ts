import { createHash, createHmac, timingSafeEqual, verify, type KeyObject } from 'node:crypto';
import { parsedJson } from '../body/parse-body.ts';
import { isObject, isText, lookUp } from '../body/path.ts';
import { decodeStrictly } from './encoding.ts';
import type { KeySet } from './fetched-keys.ts';
import { placeProblem, textsAt, type Place } from './place.ts';
import { viewOf } from './request-view.ts';
import { judgeTimestamp } from './timestamp.ts';
import type { Verifier } from './verifier.ts';
import { refused, type Verdict } from './verdict.ts';
import type { VerifiableRequest } from './verifiable-request.ts';

export interface JwtSpec {
  readonly name: string;
  /** Default `header:authorization` after `Bearer `. */
  readonly from?: Place;
  /** HS256 under the source's secrets, or one algorithm of public keys; what the token itself names is only compared with it. */
  readonly algorithm: 'HS256' | 'ES256' | 'RS256';
  /** Where public keys come from. */
  readonly keys?: KeySet;
  /** Whether `keys` needs the source's secrets to be asked. */
  readonly keysNeedSecret?: boolean;
  readonly issuer?: readonly string[];
  readonly audience?: string;
  /** The token must say when it was issued, and not longer ago than this. */
  readonly maxAgeSeconds?: number;
  /** The token must say when it expires. One that says so is always held to it. */
  readonly mustExpire?: boolean;
  /** How long after its end a token still counts (default 60): for senders that come again with the same one. */
  readonly graceSeconds?: number;
  /** The claim that holds the SHA-256 of the body. Without it the token says nothing of the body; of a GET, which has none, it never does. */
  readonly bodySha256?: string;
  /** How that claim is written (default hex). */
  readonly bodySha256Encoding?: 'hex' | 'base64';
  /** Other claims and their values. */
  readonly claims?: Readonly<Record<string, string | boolean>>;
}

/** Clocks differ. */
const leewaySeconds = 60;

/** A JSON Web Token in the compact form, its algorithm fixed beforehand. */
export function jwt(spec: JwtSpec): Verifier {
  const { from = 'header:authorization' } = spec;
  const problems = [
    placeProblem(from),
    (spec.algorithm === 'HS256') === (spec.keys !== undefined)
      ? 'HS256 takes the secrets of the source, the other algorithms need keys'
      : undefined,
  ].filter((problem) => problem !== undefined);

  return {
    name: spec.name,
    needsSecret: spec.keys === undefined || spec.keysNeedSecret === true,
    secretHeaders: from.startsWith('header:') ? [from.slice('header:'.length).toLowerCase()] : [],
    problems,
    verify: async (request, secrets, now) => {
      if (problems.length > 0) return refused('no-secret');
      const text = textsAt(from, viewOf(request))[0];
      if (text === undefined) return refused('missing-signature');
      const token = parseToken(spec.from === undefined ? (/^Bearer (.*)/is.exec(text)?.[1] ?? '') : text);
      if (token?.algorithm !== spec.algorithm) return refused('malformed-signature');
      const signed = await isSigned(token, spec, secrets, now);
      return signed.verified ? judgeClaims(token.claims, spec, request, now) : signed;
    },
  };
}

interface Token {
  readonly algorithm: unknown;
  readonly keyName: string | undefined;
  readonly claims: Readonly<Record<string, unknown>>;
  readonly signed: Buffer;
  readonly signature: Buffer;
}

function parseToken(text: string): Token | undefined {
  const [head, body, written, ...more] = text.split('.');
  const header = decodeJson(head);
  const claims = decodeJson(body);
  const signature = decodeStrictly(written, 'base64url');
  // `crit` names extensions that must be understood; we understand none.
  const isUsable = more.length === 0 && header !== undefined && !Object.hasOwn(header, 'crit');
  if (!isUsable || claims === undefined || signature === undefined) return undefined;
  const keyName = lookUp(header, 'kid');
  return {
    algorithm: lookUp(header, 'alg'),
    keyName: isText(keyName) ? keyName : undefined,
    claims,
    signed: Buffer.from(text.slice(0, text.lastIndexOf('.'))),
    signature,
  };
}

function decodeJson(part: string | undefined): Readonly<Record<string, unknown>> | undefined {
  const bytes = decodeStrictly(part, 'base64url');
  const body = bytes && parsedJson(bytes);
  return isObject(body) ? body : undefined;
}

async function isSigned(
  token: Token,
  spec: JwtSpec,
  secrets: readonly string[],
  now: Date,
): Promise<Verdict> {
  if (spec.keys === undefined) return isSignedBySecret(token, secrets);
  if (token.keyName === undefined) return refused('malformed-signature');
  if (spec.keysNeedSecret === true && secrets.every((secret) => secret === '')) return refused('no-secret');
  const key = await spec.keys.find(token.keyName, secrets, now);
  return key !== undefined && verifies(spec.algorithm, token, key)
    ? { verified: true }
    : refused('wrong-signature');
}

function isSignedBySecret({ signed, signature }: Token, secrets: readonly string[]): Verdict {
  const usable = secrets.filter((secret) => secret !== '');
  if (usable.length === 0) return refused('no-secret');
  let found = false;
  for (const secret of usable) {
    const expected = createHmac('sha256', secret).update(signed).digest();
    if (signature.length === expected.length && timingSafeEqual(signature, expected)) found = true;
  }
  return found ? { verified: true } : refused('wrong-signature');
}

/** The key must be of the algorithm's own kind: a key for one says nothing under another. */
const isKeyFor: Readonly<Record<JwtSpec['algorithm'], (key: KeyObject) => boolean>> = {
  HS256: () => false,
  ES256: (key) => key.asymmetricKeyDetails?.namedCurve === 'prime256v1',
  RS256: (key) => key.asymmetricKeyType === 'rsa',
};

function verifies(algorithm: JwtSpec['algorithm'], { signed, signature }: Token, key: KeyObject): boolean {
  try {
    const signer = { key, dsaEncoding: 'ieee-p1363' } as const;
    return isKeyFor[algorithm](key) && verify('sha256', signed, signer, signature);
  } catch {
    return false;
  }
}

function judgeClaims(claims: Token['claims'], spec: JwtSpec, request: VerifiableRequest, now: Date): Verdict {
  const { iat, exp, nbf } = claims;
  if (spec.maxAgeSeconds !== undefined) {
    if (!isSeconds(iat)) return refused('malformed-signature');
    const bounds = {
      from: 'header:authorization',
      unit: 's',
      toleranceSeconds: spec.maxAgeSeconds,
      futureSeconds: leewaySeconds,
    } as const;
    const age = judgeTimestamp(iat * 1000, bounds, now);
    if (!age.verified) return age;
  }
  if (exp === undefined ? spec.mustExpire === true : !isSeconds(exp)) return refused('malformed-signature');
  const nowSeconds = now.getTime() / 1000;
  if (isSeconds(exp) && nowSeconds > exp + (spec.graceSeconds ?? leewaySeconds))
    return refused('timestamp-expired');
  if (nbf !== undefined && !isSeconds(nbf)) return refused('malformed-signature');
  if (isSeconds(nbf) && nowSeconds < nbf - leewaySeconds) return refused('timestamp-in-future');
  return isMeantForUs(claims, spec) && coversBody(claims, spec, request)
    ? { verified: true }
    : refused('wrong-signature');
}

function isMeantForUs(claims: Token['claims'], { issuer, audience, claims: wanted = {} }: JwtSpec): boolean {
  const { iss, aud } = claims;
  const audiences: readonly unknown[] = Array.isArray(aud) ? aud : [aud];
  return (
    (issuer === undefined || (isText(iss) && issuer.includes(iss))) &&
    (audience === undefined || audiences.includes(audience)) &&
    Object.entries(wanted).every(([name, value]) => Object.hasOwn(claims, name) && claims[name] === value)
  );
}

function coversBody(claims: Token['claims'], spec: JwtSpec, { method, body }: VerifiableRequest): boolean {
  const { bodySha256, bodySha256Encoding = 'hex' } = spec;
  if (bodySha256 === undefined || (method === 'GET' && body.byteLength === 0)) return true;
  const claimed = lookUp(claims, bodySha256);
  const hash = decodeStrictly(isText(claimed) ? claimed : undefined, bodySha256Encoding);
  const actual = createHash('sha256').update(body).digest();
  return hash?.length === actual.length && timingSafeEqual(hash, actual);
}

function isSeconds(value: unknown): value is number {
  return typeof value === 'number' && value >= 0 && value < Infinity;
}
