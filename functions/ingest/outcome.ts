import type { EventState } from '../ledger/entry.ts';
import type { BodyIssue } from '../sources/read-events.ts';
import type { Source } from '../sources/source.ts';
import type { Answer, EventOutcome } from '../api/answer.ts';
import type { RequestCause } from './problem.ts';
import type { Limit } from './rate-limit.ts';
import type { Dependency } from './unreachable.ts';

export interface Refused {
  readonly kind: 'refused';
  readonly cause: RequestCause;
  /** What is wrong with a body, by path. */
  readonly issues?: readonly BodyIssue[];
  readonly limit?: Limit;
}

export interface TakenEvent extends EventOutcome {
  readonly state?: EventState;
}

/** What became of one request. */
export type Outcome =
  | Refused
  | { readonly kind: 'unavailable'; readonly because: Dependency | 'failure' }
  | { readonly kind: 'handshake'; readonly name: string; readonly answer: Answer }
  | {
      /** Every event of the body is in the ledger, and its message in the queue if it needs one. */
      readonly kind: 'taken';
      readonly sourceName: string;
      readonly source: Source;
      readonly events: readonly TakenEvent[];
      readonly body: unknown;
      readonly headers: Readonly<Record<string, string>>;
    };
