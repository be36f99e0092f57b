import { createHmac } from 'node:crypto';
import * as fc from 'fast-check';
import type { Sample } from '../../../functions/providers/sample.ts';
import type { VerifiableRequest } from '../../../functions/signatures/verifiable-request.ts';
import { agreesWithLibrary, textSecrets } from './agrees-with-library.ts';
import { now } from './clock.ts';

/** For tests that write a documented formula once more, sharing no code with the verifiers. */
export function hmac(
  algorithm: 'sha1' | 'sha256' | 'sha512',
  key: string | Uint8Array,
  ...parts: (string | Uint8Array)[]
) {
  const hash = createHmac(algorithm, key);
  for (const part of parts) hash.update(part);
  return hash.digest();
}

export const hex = (secret: string, ...parts: (string | Uint8Array)[]) =>
  hmac('sha256', secret, ...parts).toString('hex');
export const base64 = (secret: string, ...parts: (string | Uint8Array)[]) =>
  hmac('sha256', secret, ...parts).toString('base64');

export const seconds = String(now.getTime() / 1000);
export const milliseconds = String(now.getTime());

export function withHeaders(
  request: VerifiableRequest,
  headers: Readonly<Record<string, string>>,
): VerifiableRequest {
  return { ...request, headers: { ...request.headers, ...headers } };
}

/** Keys of any bytes, as they are spelled. */
export const keysIn = (encoding: 'hex' | 'base64') =>
  fc
    .uint8Array({ minLength: 1, maxLength: 64 })
    .map((key) => ({ secret: Buffer.from(key).toString(encoding) }));

interface Formula {
  readonly sample: Sample;
  readonly keys?: fc.Arbitrary<{ readonly secret: string }>;
  readonly bodies?: fc.Arbitrary<string>;
  /** The headers that the documentation says a request has. */
  readonly headers: (request: VerifiableRequest, secret: string) => Readonly<Record<string, string>>;
}

/** Signs by the formula, and accepts what has the formula's headers. */
export function agreesWithFormula({ sample, keys = textSecrets, bodies, headers }: Formula): void {
  agreesWithLibrary({
    name: 'the documented formula',
    sample,
    keys,
    ...(bodies === undefined ? {} : { bodies }),
    sign: (request, { secret }) => withHeaders(request, headers(request, secret)),
    accepts: (request, { secret }) =>
      Object.entries(headers(request, secret)).every(([name, value]) => request.headers[name] === value),
  });
}
