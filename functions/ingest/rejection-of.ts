import { sha256Hex } from '../ledger/keys.ts';
import type { Rejection } from '../ledger/rejection.ts';
import type { HttpRequest } from './http-request.ts';
import type { Outcome } from './outcome.ts';
import { problemCause, problems } from './problem.ts';

/** The largest body any source may take; what is larger is not hashed. */
const hashedBytes = 5 * 1024 * 1024;

/** What is recorded of a request that was refused, or was a handshake. `sourceName` is undefined where there is no such source: names that strangers make up are not kept. */
export function rejectionOf(
  { body, sourceIp, requestId, caller }: HttpRequest,
  outcome: Extract<Outcome, { kind: 'refused' | 'handshake' }>,
  sourceName: string | undefined,
  at: Date,
): Rejection {
  return {
    source: sourceName ?? 'unknown',
    at,
    requestId,
    ...(outcome.kind === 'refused'
      ? { cause: outcome.cause, status: problems[problemCause(outcome.cause)].status }
      : { cause: 'handshake' as const, status: outcome.answer.status }),
    ...(body.byteLength > hashedBytes ? {} : { bodySha256: sha256Hex(body) }),
    bodyBytes: body.byteLength,
    ip: sourceIp,
    ...(caller === undefined ? {} : { sender: caller }),
  };
}
