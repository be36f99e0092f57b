import { following, type Entry, type NewEntry } from '../ledger/entry.ts';
import type { EventKey } from '../ledger/keys.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { clearAttention } from './attention.ts';
import { armWatch, firstWatch, promisedWithinSeconds } from './watch.ts';

export type Reopened =
  | { readonly kind: 'reopened'; readonly generation: number }
  /** Somebody else decided about the event in between. */
  | { readonly kind: 'fenced' };

/**
 * Puts an event back on purpose: the next generation, attempts counted anew, off the attention list; a replay also gets a new idempotency
 * key. The watch in the same transaction makes the sweeper send the message, should the caller not live to. Sending it is the caller's.
 */
export async function reopen(
  event: { readonly key: EventKey; readonly lane: string; readonly newest: Entry },
  why: { readonly by: 'redelivery' | 'redrive' | 'replay'; readonly actor: string; readonly reason?: string },
  deps: {
    readonly ledger: Pick<Ledger, 'append'>;
    readonly stateTable: string;
    readonly now: () => Date;
  },
): Promise<Reopened> {
  const { key, lane, newest } = event;
  const generation = newest.generation + 1;
  const entry: NewEntry = {
    ...following(newest),
    ...why,
    state: 'reopened',
    generation,
    replay: newest.replay + (why.by === 'replay' ? 1 : 0),
    attempt: 0,
  };
  const watch = armWatch(deps.stateTable, {
    key,
    lane,
    ...firstWatch(deps.now(), promisedWithinSeconds),
    entryNumber: entry.number,
  });
  const appended = await deps.ledger.append(key, entry, {
    upkeep: [clearAttention(deps.stateTable, key), watch],
  });
  return appended.kind === 'appended' ? { kind: 'reopened', generation } : { kind: 'fenced' };
}
