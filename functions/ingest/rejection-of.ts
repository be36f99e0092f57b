import { sha256Hex } from '../ledger/keys.ts';
import type { Rejection } from '../ledger/rejection.ts';
import type { HttpRequest } from './http-request.ts';
import type { Refused } from './outcome.ts';
import { problemCause, problems } from './problem.ts';

/** The largest body any source may take; what is larger is not hashed. */
const hashedBytes = 5 * 1024 * 1024;

/** What is recorded of a refused request. `sourceName` is undefined where there is no such source: names that strangers make up are not kept. */
export function rejectionOf(
  { body, sourceIp, requestId }: HttpRequest,
  { cause }: Refused,
  sourceName: string | undefined,
  at: Date,
): Rejection {
  return {
    source: sourceName ?? 'unknown',
    at,
    requestId,
    cause,
    status: problems[problemCause(cause)].status,
    ...(body.byteLength > hashedBytes ? {} : { bodySha256: sha256Hex(body) }),
    bodyBytes: body.byteLength,
    ip: sourceIp,
  };
}
