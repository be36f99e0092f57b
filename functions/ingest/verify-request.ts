import type { SecretReader } from '../sources/secret-store.ts';
import type { Source } from '../sources/source.ts';
import type { Verdict, VerifiableRequest } from '../sources/verify/verifier.ts';
import { reaching } from './unreachable.ts';

/**
 * Whether a request was made by somebody who knows the source's secret. A signature that no secret fits makes it read them anew, since
 * they may have been rotated: at most once a minute and source. Secrets that cannot be read are nobody's fault but ours: Unreachable.
 */
export async function verifyRequest(
  { method, path, rawQuery, headers, body }: VerifiableRequest,
  sourceName: string,
  source: Source,
  secrets: SecretReader,
  now: Date,
): Promise<Verdict> {
  const { publicUrl } = source;
  const request = {
    method,
    path,
    rawQuery,
    headers,
    body,
    ...(publicUrl === undefined ? {} : { publicUrl }),
  };
  if (!source.verify.needsSecret) return await source.verify.verify(request, [], now);

  const owner = source.secrets ?? sourceName;
  const known = await reaching('secrets', secrets.read(owner));
  const verdict = await source.verify.verify(request, known, now);
  if (verdict.verified || (verdict.cause !== 'wrong-signature' && verdict.cause !== 'no-secret'))
    return verdict;

  const anew = await reaching('secrets', secrets.refresh(owner));
  return anew === known ? verdict : await source.verify.verify(request, anew, now);
}
