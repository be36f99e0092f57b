import { PermanentError, RetryAfter, WaitFor } from '../api/errors.ts';
import { countFailure, forgetFailures, resetBreaker, waitUntil } from '../lane/breakers.ts';
import { after } from '../lane/due.ts';
import { breakerRules } from './breaker-rules.ts';
import type { ProcessorDeps } from './deps.ts';
import type { HandlerOutcome } from './handler-outcome.ts';
import type { Passed } from './pass-gate.ts';
import type { ReceivedEvent } from './received-event.ts';

/** What one run says of the destination. */
type DestinationHealth =
  /** It answered, if only that this event can never be taken. */
  | { readonly kind: 'answered' }
  | { readonly kind: 'failed' }
  | { readonly kind: 'asked-to-wait'; readonly seconds: number }
  | { readonly kind: 'unknown' };

function healthSeenIn(outcome: HandlerOutcome): DestinationHealth {
  if (outcome.kind === 'returned') return { kind: 'answered' };
  if (outcome.kind === 'left-out' || outcome.kind === 'unready') return { kind: 'unknown' };
  const { error } = outcome;
  if (error instanceof PermanentError) return { kind: 'answered' };
  if (error instanceof WaitFor) return { kind: 'unknown' };
  if (error instanceof RetryAfter && error.forAll) return { kind: 'asked-to-wait', seconds: error.seconds };
  return { kind: 'failed' };
}

type Work = Pick<ReceivedEvent, 'sourceName' | 'source' | 'subscribers'>;

/** Handing on asks no destination: the breakers of the subscribers are told. */
const rulesOf = ({ source, subscribers }: Work) => (subscribers ? undefined : breakerRules(source));

/** Tells the breaker of a source, if it has one, how a run ended. What cannot be written fails nothing: the next run tells it. */
export async function tellBreaker(
  work: Work,
  { breaker, isProbe }: Passed,
  outcome: HandlerOutcome,
  begunAt: Date,
  deps: ProcessorDeps,
): Promise<void> {
  const { sourceName } = work;
  const rules = rulesOf(work);
  if (rules === undefined) return;
  const health = healthSeenIn(outcome);
  await orLog(sourceName, deps, async () => {
    switch (health.kind) {
      case 'answered':
        if (breaker && isProbe) {
          await resetBreaker(breaker, { actor: deps.worker, reason: 'its probe went well' }, deps);
        } else if (breaker && breaker.failures > 0 && breaker.trippedAt === undefined) {
          await forgetFailures(breaker, deps);
        }
        return;
      case 'failed':
        await countFailure(sourceName, rules, deps.worker, deps);
        return;
      case 'asked-to-wait': {
        const until = after(deps.now(), health.seconds);
        await waitUntil(sourceName, { until, begunAt }, rules, deps.worker, deps);
        return;
      }
      case 'unknown':
        return;
    }
  });
}

/** The attempt before this one ended without an outcome: a destination that never answers looks like that. */
export async function tellOfSilence(work: Work, deps: ProcessorDeps): Promise<void> {
  const { sourceName } = work;
  const rules = rulesOf(work);
  if (rules) await orLog(sourceName, deps, () => countFailure(sourceName, rules, deps.worker, deps));
}

async function orLog(source: string, { log }: ProcessorDeps, tell: () => Promise<void>): Promise<void> {
  try {
    await tell();
  } catch (error) {
    log.warn('a breaker could not be told how a run ended', { source, error });
  }
}
