import type { Answer } from '../answer.ts';
import type { Outcome } from '../outcome.ts';
import { handlerFailed, problem } from '../problem.ts';

/** What a sender is told. The only place that maps outcomes to HTTP. */
export function respond(outcome: Outcome): Answer {
  switch (outcome.kind) {
    case 'ran':
    case 'stale':
    case 'failed':
      return outcome.answer;
    case 'replayed':
      return { ...outcome.answer, headers: { ...outcome.answer.headers, 'idempotent-replayed': 'true' } };
    case 'threw':
      return outcome.answer ?? handlerFailed(500);
    case 'running':
      return outcome.because === 'copy'
        ? problem(409, 'running', 'A copy of this request is being worked on.', outcome.retryAfterMs)
        : problem(
            409,
            'lane-busy',
            'An earlier event of the same lane is being worked on.',
            outcome.retryAfterMs,
          );
    case 'mismatch':
      return problem(422, 'key-reused', 'The idempotency key was used with another body.');
    case 'quarantined':
      return problem(
        500,
        'quarantined',
        'An earlier attempt ended without a word; a person has to look at it.',
      );
    case 'interrupted':
      return outcome.because === 'timeout'
        ? problem(503, 'handler-timeout', 'The handler took too long.', outcome.retryAfterMs)
        : problem(503, 'lease-lost', 'The handler lost its lease.', outcome.retryAfterMs);
    case 'unavailable':
      return problem(503, 'store-unavailable', 'The store cannot be reached.', 1000);
  }
}
