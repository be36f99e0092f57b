import type { NewEntry } from '../ledger/entry.ts';
import type { EventInLane } from './event-in-lane.ts';
import { settle, type SettleDeps } from './settle.ts';

export type Reopened =
  | { readonly kind: 'reopened'; readonly generation: number }
  /** Another writer changed the event meanwhile. */
  | { readonly kind: 'fenced' };

/**
 * Puts an event back: the next generation, attempts counted from 0, off the attention list; a replay also gets a new idempotency key. The
 * caller sends its message; if the caller dies before that, the sweeper does.
 */
export async function reopen(
  event: EventInLane,
  why: {
    readonly by: 'redelivery' | 'redrive' | 'replay';
    readonly actor: string;
    readonly reason?: string;
    /** Tells the entry again whoever may write it twice. Default: one of its own. */
    readonly nonce?: string;
  },
  deps: SettleDeps,
): Promise<Reopened> {
  const { by, actor, reason, nonce } = why;
  const { key, laneName: lane, record } = event;
  const { generation = 0, replay = 0 } = event.newest ?? {};
  const { acceptedAt } = record.event ?? {};
  const entry: NewEntry = {
    state: 'reopened',
    by,
    actor,
    ...(reason === undefined ? {} : { reason }),
    generation: generation + 1,
    replay: replay + (by === 'replay' ? 1 : 0),
    attempt: 0,
    ...(nonce === undefined ? {} : { nonce }),
    ...(acceptedAt === undefined || lane === key ? {} : { lane, acceptedAt }),
  };
  const settled = await settle(event, entry, deps);
  return settled.kind === 'appended' ? { kind: 'reopened', generation: generation + 1 } : { kind: 'fenced' };
}
