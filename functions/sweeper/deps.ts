import type { Core } from '../runtime/core.ts';
import type { Source } from '../sources/source.ts';

export interface SweeperDeps extends Core {
  readonly sources: Readonly<Record<string, Source>>;
  /** Of the lane queue: a message that was received is back after this long, whatever became of who received it. */
  readonly visibilityTimeoutSeconds: number;
  /** The dead-letter queue. */
  readonly deadLetterUrl: string;
  /** When this run has to end; what it has not looked at by then the next one does. */
  readonly deadline: Date;
}

/** One run of the sweeper. */
export interface SweepDeps extends SweeperDeps {
  /** Does one piece of work of a stream when its turn comes; undefined: no time was left for it. */
  readonly inTurn: InTurn;
  /** Whether an event of a lane that has not begun may still stand in a line of its source. */
  readonly standsInLine: (lane: string, acceptedAt: Date) => boolean;
  /** Whether the events of a source have to wait. */
  readonly isPaused: (source: string) => boolean;
  /** Something went wrong with one event or lane: the run goes on with the others, and fails at its end. */
  readonly failed: (about: string, error: unknown) => void;
  readonly count: (what: 'events' | 'lanes' | 'attention' | 'sent') => void;
}

export type InTurn = <T>(stream: string, work: () => Promise<T>) => Promise<T | undefined>;
