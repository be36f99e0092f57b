import type { Answer } from './answer.ts';

/**
 * `pending`: nobody runs it; the next copy may. `processing`: an attempt runs, or died. `complete` and `failed` are final.
 * `quarantined`: an attempt died and nobody knows what it did; only a person moves it on.
 */
export type State = 'pending' | 'processing' | 'complete' | 'failed' | 'quarantined';

export const states: readonly State[] = ['pending', 'processing', 'complete', 'failed', 'quarantined'];

/** What becomes of an attempt whose lease ended without a word. */
export type OnCrash = 'retry' | 'quarantine';

/** What a store keeps of one key. Times are milliseconds since 1970 by the store's clock. */
export interface Entry {
  readonly key: string;
  readonly state: State;
  /** Who made the latest attempt: unlike for every claim, so that it fences. */
  readonly owner: string;
  /** Counts from 1; grows with every claim, so that it can serve as fencing token towards other systems. */
  readonly attempt: number;
  /** SHA-256 of the first copy's body, in hex; absent where there was no body. */
  readonly digest: string | undefined;
  /** The promise under which the latest attempt began. */
  readonly onCrash: OnCrash;
  readonly leaseUntil: number;
  readonly answer: Answer | undefined;
  /** The last error, or an operator's reason. */
  readonly detail: string | undefined;
  readonly createdAt: number;
  readonly updatedAt: number;
  /** When a sweep may delete it; absent while it must stay. */
  readonly expiresAt: number | undefined;
}

/** An entry as it was found, with what is left of its lease by the store's clock: 0 or less means lapsed. */
export interface Found extends Entry {
  readonly leaseLeftMs: number;
}
