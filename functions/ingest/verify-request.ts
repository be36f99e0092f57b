import type { SecretReader } from '../secrets/secret-store.ts';
import type { Source } from '../sources/source.ts';
import { KeysUnreachable, type Verdict } from '../signatures/verdict.ts';
import type { VerifiableRequest } from '../signatures/verifiable-request.ts';
import type { HttpRequest } from './http-request.ts';
import { reaching, Unreachable } from './unreachable.ts';

/**
 * Whether a request was made by somebody who knows the source's secret. A signature that no secret fits makes it read them anew, since
 * they may have been rotated: at most once a minute and source. Secrets that cannot be read, and
 * keys that cannot be fetched, are no fault of the request: Unreachable.
 */
export async function verifyRequest(
  request: HttpRequest,
  source: Source,
  secrets: SecretReader,
  now: Date,
): Promise<Verdict> {
  const verify = (known: readonly string[]) => check(verifiable(request, source), source, known, now);
  if (!source.verify.needsSecret) return await verify([]);

  const owner = source.secrets ?? request.sourceName;
  const known = await reaching('secrets', secrets.read(owner));
  const verdict = await verify(known);
  if (verdict.verified || (verdict.cause !== 'wrong-signature' && verdict.cause !== 'no-secret'))
    return verdict;

  const anew = await reaching('secrets', secrets.refresh(owner));
  return anew === known ? verdict : await verify(anew);
}

/** A request as verifiers see it. */
export function verifiable(request: HttpRequest, { publicUrl }: Source): VerifiableRequest {
  const { method, path, rawQuery, headers, body, sourceIp, caller } = request;
  return {
    ...{ method, path, rawQuery, headers, body, sourceIp },
    ...(publicUrl === undefined ? {} : { publicUrl }),
    ...(caller === undefined ? {} : { caller }),
  };
}

async function check(
  request: VerifiableRequest,
  { verify }: Source,
  secrets: readonly string[],
  now: Date,
): Promise<Verdict> {
  try {
    return await verify.verify(request, secrets, now);
  } catch (error) {
    if (error instanceof KeysUnreachable) throw new Unreachable('keys', error);
    throw error;
  }
}
