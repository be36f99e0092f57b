import { createHmac } from 'node:crypto';
import type { VerifiableRequest } from '../../functions/signatures/verifiable-request.ts';

/** For tests that write a documented formula once more, sharing no code with the verifiers. */
export function hmac(
  algorithm: 'sha1' | 'sha256',
  key: string | Uint8Array,
  ...parts: (string | Uint8Array)[]
) {
  const hash = createHmac(algorithm, key);
  for (const part of parts) hash.update(part);
  return hash.digest();
}

export function withHeaders(
  request: VerifiableRequest,
  headers: Readonly<Record<string, string>>,
): VerifiableRequest {
  return { ...request, headers: { ...request.headers, ...headers } };
}
