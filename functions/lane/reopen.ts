import type { NewEntry } from '../ledger/entry.ts';
import type { EventInLane } from './event-in-lane.ts';
import { settle, type SettleDeps } from './settle.ts';

export type Reopened =
  | { readonly kind: 'reopened'; readonly generation: number }
  /** Somebody else decided about the event in between. */
  | { readonly kind: 'fenced' };

/**
 * Puts an event back on purpose: the next generation, attempts counted anew, off the attention list; a replay also gets a new idempotency
 * key. Sending its message is the caller's; the sweeper sends it, should the caller not live to.
 */
export async function reopen(
  event: EventInLane,
  why: {
    readonly by: 'redelivery' | 'redrive' | 'replay';
    readonly actor: string;
    readonly reason?: string;
  },
  deps: SettleDeps,
): Promise<Reopened> {
  const { by, actor, reason } = why;
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
    ...(acceptedAt === undefined || lane === key ? {} : { lane, acceptedAt }),
  };
  const settled = await settle(event, entry, deps);
  return settled.kind === 'appended' ? { kind: 'reopened', generation: generation + 1 } : { kind: 'fenced' };
}
