import type { MetricName } from '../runtime/metrics.ts';
import type { Outcome } from './outcome.ts';
import { problemCause, problems } from './problem.ts';

type Counts = Partial<Record<MetricName<'ingest'>, number>>;

/**
 * The metrics of one request. Refusals are counted by their status, which is a short list: 401 is a signature, 429 a limit. The balance says by how
 * many requests the refused signatures exceed those that were right: one number, so that an alarm is about one metric.
 */
export function countsOf(outcome: Outcome, processingTimeMs: number): Counts {
  switch (outcome.kind) {
    case 'refused':
      return refusal(problems[problemCause(outcome.cause)].status);
    case 'unavailable':
      return { Unavailable: 1 };
    case 'handshake':
      return { Handshakes: 1 };
    case 'taken': {
      const { length: Duplicates } = outcome.events.filter(({ status }) => status === 'duplicate');
      const Accepted = outcome.events.length - Duplicates;
      return { Accepted, Duplicates, AcknowledgedMs: processingTimeMs, SignatureBalance: -1 };
    }
  }
}

function refusal(status: number): Counts {
  return { [`Refused${status}`]: 1, ...(status === 401 && { SignatureBalance: 1 }) };
}
