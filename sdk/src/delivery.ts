import type { Answer } from './answer.ts';
import type { EntityVersion } from './store.ts';

/** One copy of an event, whichever way it came. */
export interface Delivery {
  readonly key: string;
  /** SHA-256 of the body in hex: the same key with another body is refused. */
  readonly digest: string | undefined;
  /** One at a time per lane (`serializeBy`). */
  readonly lane?: string | undefined;
  readonly version?: EntityVersion | undefined;
}

/** What an attempt gets from the core. */
export interface Attempt<Db> {
  readonly db: Db;
  readonly attempt: number;
  /** Aborts when the lease is lost or the time is over. */
  readonly signal: AbortSignal;
}

export type Run<Db> = (attempt: Attempt<Db>) => Promise<Answer>;
