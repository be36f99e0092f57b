import type { Entry } from '../ledger/entry.ts';
import type { EventInLane } from './event-in-lane.ts';
import type { MessageToSend } from './send-lane-message.ts';
import { settle, type SettleDeps } from './settle.ts';

/**
 * Puts an event back: the next generation, attempts counted from 0, off the attention list; a replay also gets a new idempotency key. The
 * caller sends the message that it gets; if it dies before that, the sweeper does. Undefined: another writer changed the event meanwhile.
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
): Promise<MessageToSend | undefined> {
  const { by, actor, reason, nonce } = why;
  const { key, laneName: lane, record } = event;
  const { generation = 0, replay = 0 } = event.newest ?? {};
  const { acceptedAt } = record.event ?? {};
  const entry = {
    state: 'reopened',
    by,
    actor,
    reason,
    generation: generation + 1,
    replay: replay + (by === 'replay' ? 1 : 0),
    attempt: 0,
    ...(nonce === undefined ? {} : { nonce }),
    ...(acceptedAt === undefined || lane === key ? {} : { lane, acceptedAt }),
  } as const;
  const settled = await settle(event, entry, deps);
  return settled.kind === 'appended' ? messageOf(event, entry) : undefined;
}

/** Of an event that was put back by this entry. */
export const messageOf = (
  { key: event, laneName: lane }: EventInLane,
  { generation, by }: Pick<Extract<Entry, { state: 'reopened' }>, 'generation' | 'by'>,
): MessageToSend => ({ event, generation, lane, purpose: by === 'replay' ? 'replay' : 'reopened' });
