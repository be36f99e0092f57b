import { PermanentError, RetryAfter, WaitFor } from '../api/errors.ts';
import { countFailure, forgetFailures, resetBreaker, waitUntil } from '../lane/breakers.ts';
import { after } from '../lane/due.ts';
import { bestEffort } from './best-effort.ts';
import type { ProcessorDeps } from './deps.ts';
import type { HandlerOutcome } from './handler-outcome.ts';
import type { Passed } from './pass-gate.ts';
import type { ReceivedEvent } from './received-event.ts';

/** Handing on asks no destination: the breakers of the subscribers are told. */
const rulesOf = ({ source, subscribers }: ReceivedEvent) => (subscribers ? undefined : source.breaker);

/** Tells the breaker of a source, if it has one, how a run ended. What cannot be written fails nothing: the next run tells it. */
export async function tellBreaker(
  work: ReceivedEvent,
  { breaker, isProbe }: Passed,
  outcome: HandlerOutcome,
  begunAt: Date,
  deps: ProcessorDeps,
): Promise<void> {
  const { sourceName } = work;
  const rules = rulesOf(work);
  if (rules === undefined || outcome.kind === 'left-out' || outcome.kind === 'unready') return;
  const error = outcome.kind === 'threw' ? outcome.error : undefined;
  if (error instanceof WaitFor) return;
  await told(sourceName, deps, async () => {
    // It answered, if only that this event can never be taken.
    if (outcome.kind === 'returned' || error instanceof PermanentError) {
      if (breaker && isProbe) {
        await resetBreaker(breaker, { actor: deps.worker, reason: 'its probe went well' }, deps);
      } else if (breaker && breaker.failures > 0 && breaker.trippedAt === undefined) {
        await forgetFailures(breaker, deps);
      }
    } else if (error instanceof RetryAfter && error.forAll) {
      const until = after(deps.now(), error.seconds);
      await waitUntil(sourceName, { until, begunAt }, rules, deps.worker, deps);
    } else {
      await countFailure(sourceName, rules, deps.worker, deps);
    }
  });
}

/** The attempt before this one ended without an outcome: a destination that never answers looks like that. */
export async function tellOfSilence(work: ReceivedEvent, deps: ProcessorDeps): Promise<void> {
  const { sourceName } = work;
  const rules = rulesOf(work);
  if (rules) await told(sourceName, deps, () => countFailure(sourceName, rules, deps.worker, deps));
}

const told = (source: string, { log }: ProcessorDeps, tell: () => Promise<void>): Promise<void> =>
  bestEffort(tell, 'a breaker could not be told how a run ended', { source }, log);
