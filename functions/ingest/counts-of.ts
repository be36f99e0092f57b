import type { Outcome } from './outcome.ts';
import { problemCause, problems } from './problem.ts';

/** The metrics of one request. Refusals are counted by their status, which is a short list: 401 is a signature, 429 a limit. */
export function countsOf(outcome: Outcome, processingTimeMs: number): Readonly<Record<string, number>> {
  switch (outcome.kind) {
    case 'refused':
      return { [`Refused${problems[problemCause(outcome.cause)].status}`]: 1 };
    case 'unavailable':
      return { Unavailable: 1 };
    case 'handshake':
      return { Handshakes: 1 };
    case 'taken': {
      const { length: Duplicates } = outcome.events.filter(({ status }) => status === 'duplicate');
      const Accepted = outcome.events.length - Duplicates;
      return { Accepted, Duplicates, AcknowledgedMs: processingTimeMs };
    }
  }
}
