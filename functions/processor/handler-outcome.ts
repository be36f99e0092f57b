import { PermanentError, RetryAfter, WaitFor } from '../api/errors.ts';
import type { Result, TransactItem } from '../api/handler.ts';
import type { FailureCause, RecordedError } from '../ledger/entry.ts';
import type { AttemptRules } from './received-event.ts';
import { retryDelaySeconds } from './retry-delay.ts';

/** How one run of a handler ended. */
export type HandlerOutcome =
  | {
      readonly kind: 'returned';
      readonly result: Result | undefined;
      readonly effects: readonly TransactItem[];
    }
  | { readonly kind: 'threw'; readonly error: unknown }
  | NothingRun;

/** Nothing of the handler has run, so its destination has not been asked. */
export type NothingRun =
  /** No handler is for it, or nobody wants it. */
  | { readonly kind: 'left-out'; readonly reason: string }
  /** Its body could not be read, or `when` failed. */
  | { readonly kind: 'unready'; readonly error: unknown };

/** What is recorded of an outcome: an entry without who settles it, and when. */
export type Conclusion =
  | { readonly state: 'processed'; readonly result: unknown }
  | { readonly state: 'ignored'; readonly reason: string }
  | { readonly state: 'retrying'; readonly afterSeconds: number; readonly error: RecordedError }
  | { readonly state: 'waiting'; readonly needs: string[]; readonly timeoutSeconds: number | undefined }
  | { readonly state: 'failed'; readonly cause: FailureCause; readonly error: RecordedError };

/** `mayWait`: the deadline of its `WaitFor` is not over. Who throws `WaitFor` has done nothing, so at-most-once allows it. */
export function conclude(
  outcome: HandlerOutcome,
  attempt: number,
  rules: AttemptRules,
  random: () => number,
  mayWait: boolean,
): Conclusion {
  switch (outcome.kind) {
    case 'left-out':
      return { state: 'ignored', reason: outcome.reason };
    case 'returned': {
      const { result } = outcome;
      const ignored = result !== undefined && 'ignored' in result ? result.ignored : undefined;
      if (typeof ignored === 'string') return { state: 'ignored', reason: shorten(ignored) };
      return { state: 'processed', result: recordable(result) };
    }
    case 'unready':
    case 'threw': {
      const error = recorded(outcome.error);
      if (outcome.error instanceof PermanentError)
        return { state: 'failed', cause: 'permanent-error', error };
      if (outcome.error instanceof WaitFor && mayWait) {
        const { types, timeoutSeconds } = outcome.error;
        return { state: 'waiting', needs: types.slice(0, mostTypes), timeoutSeconds };
      }
      if (rules.execution === 'at-most-once') return { state: 'failed', cause: 'at-most-once', error };
      if (attempt >= rules.retry.attempts) return { state: 'failed', cause: 'attempts-exhausted', error };
      const asked = outcome.error instanceof RetryAfter ? outcome.error.seconds : undefined;
      return {
        state: 'retrying',
        afterSeconds: retryDelaySeconds(rules.retry, attempt, asked, random),
        error,
      };
    }
  }
}

/** A probe that fails uses up no attempt. Its event comes back at once, and stops at the gate, behind those that could be the next probe. */
export const asProbe = (conclusion: Conclusion): Conclusion =>
  conclusion.state === 'retrying' ||
  (conclusion.state === 'failed' && conclusion.cause === 'attempts-exhausted')
    ? { state: 'retrying', afterSeconds: 1, error: conclusion.error }
    : conclusion;

/** Entry and WAIT item both store the types. */
const mostTypes = 100;
const longestMessage = 1000;
const shorten = (text: string) => text.slice(0, longestMessage);

function recorded(error: unknown): RecordedError {
  if (!(error instanceof Error)) return { name: 'Error', message: textOf(error) };
  return { name: textOf(error.name), message: textOf(error.message) };
}

/** The text of anything that can be thrown: also of an object without a prototype, or with a message that is no text. */
function textOf(value: unknown): string {
  try {
    return shorten(String(value));
  } catch {
    return 'no text';
  }
}

const largestResultBytes = 4096;

/** A result as the ledger keeps it: JSON of at most 4 KB. The effects have happened: a result that does not fit fails nothing. */
function recordable(result: unknown): unknown {
  if (result === undefined) return undefined;
  try {
    const json = JSON.stringify(result) as string | undefined;
    if (json === undefined) return undefined;
    const bytes = Buffer.byteLength(json);
    return bytes > largestResultBytes ? { omitted: `${bytes} bytes` } : (JSON.parse(json) as unknown);
  } catch {
    return { omitted: 'not JSON' };
  }
}
