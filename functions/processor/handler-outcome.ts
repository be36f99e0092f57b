import { PermanentError, RetryAfter, WaitFor } from '../api/errors.ts';
import type { Result, TransactItem } from '../api/handler.ts';
import type { FailureCause, RecordedError } from '../ledger/entry.ts';
import type { Retry } from '../sources/source.ts';
import { retryDelaySeconds } from './retry-delay.ts';

/** What came of one run of a handler. */
export type HandlerOutcome =
  | {
      readonly kind: 'returned';
      readonly result: Result | undefined;
      readonly effects: readonly TransactItem[];
    }
  | { readonly kind: 'threw'; readonly error: unknown }
  /** The configuration has no handler for events of this type. */
  | { readonly kind: 'no-handler' };

/** What is recorded of it. */
export type Conclusion =
  | { readonly kind: 'processed'; readonly result: unknown; readonly effects: readonly TransactItem[] }
  | { readonly kind: 'ignored'; readonly reason: string; readonly effects: readonly TransactItem[] }
  | { readonly kind: 'retry'; readonly afterSeconds: number; readonly error: RecordedError }
  | { readonly kind: 'wait'; readonly types: readonly string[]; readonly timeoutSeconds: number | undefined }
  | { readonly kind: 'fail'; readonly cause: FailureCause; readonly error: RecordedError };

export interface ConclusionRules {
  readonly execution: 'at-least-once' | 'at-most-once';
  readonly retry: Retry;
}

/** `mayWait`: the time that it could wait for others is not over. A handler that waits has said that it did nothing, so at-most-once allows it. */
export function conclude(
  outcome: HandlerOutcome,
  attempt: number,
  rules: ConclusionRules,
  random: () => number,
  mayWait: boolean,
): Conclusion {
  switch (outcome.kind) {
    case 'no-handler':
      return { kind: 'ignored', reason: 'no handler', effects: [] };
    case 'returned': {
      const { result, effects } = outcome;
      const ignored = result !== undefined && 'ignored' in result ? result.ignored : undefined;
      if (typeof ignored === 'string') return { kind: 'ignored', reason: shorten(ignored), effects };
      return { kind: 'processed', result: recordable(result), effects };
    }
    case 'threw': {
      const error = recorded(outcome.error);
      if (outcome.error instanceof PermanentError) return { kind: 'fail', cause: 'permanent-error', error };
      if (outcome.error instanceof WaitFor && mayWait) {
        const { types, timeoutSeconds } = outcome.error;
        return { kind: 'wait', types: types.slice(0, mostTypes), timeoutSeconds };
      }
      if (rules.execution === 'at-most-once') return { kind: 'fail', cause: 'at-most-once', error };
      if (attempt >= rules.retry.attempts) return { kind: 'fail', cause: 'attempts-exhausted', error };
      const asked = outcome.error instanceof RetryAfter ? outcome.error.seconds : undefined;
      return { kind: 'retry', afterSeconds: retryDelaySeconds(rules.retry, attempt, asked, random), error };
    }
  }
}

/** An entry and its WAIT item have to hold them. */
const mostTypes = 100;
const longestMessage = 1000;
const shorten = (text: string) => text.slice(0, longestMessage);

function recorded(error: unknown): RecordedError {
  if (!(error instanceof Error)) return { name: 'Error', message: textOf(error) };
  return { name: textOf(error.name), message: textOf(error.message) };
}

/** Anything can be thrown, and not everything has a text: an object without a prototype, a message that is none. */
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
