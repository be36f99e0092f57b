import type { Core } from '../runtime/core.ts';
import type { RememberedCursors } from './cursor.ts';
import type { Source } from '../sources/source.ts';

export interface SweeperDeps extends Core {
  readonly sources: Readonly<Record<string, Source>>;
  /** Of the lane queue: a received message that is not deleted is visible again after this long. */
  readonly visibilityTimeoutSeconds: number;
  /** The dead-letter queue. */
  readonly deadLetterUrl: string;
  /** Kept by the process from one run to the next. Default: it remembers nothing. */
  readonly remembered?: RememberedCursors;
  /** When this run has to end; the next one checks what is left. */
  readonly deadline: Date;
}

/** One run of the sweeper. */
export interface SweepRun extends SweeperDeps {
  /** Does one piece of work when its stream is served next; undefined: no time was left. */
  readonly inTurn: InTurn;
  /** Whether an event that has not begun may still stand in a line of its source. */
  readonly standsInLine: (lane: string, acceptedAt: Date) => boolean;
  /** Notes an error about one event or lane: the run goes on with the others and fails at its end. */
  readonly failed: (about: string, error: unknown) => void;
  readonly count: (what: 'events' | 'lanes' | 'attention' | 'sent') => void;
}

export type InTurn = <T>(stream: string, work: () => Promise<T>) => Promise<T | undefined>;
