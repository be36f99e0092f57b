import type { Log, TransactItem } from '../api/handler.ts';
import type { AppendOutcome } from '../ledger/append.ts';
import { needsRepair, type Entry, type NewEntry } from '../ledger/entry.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { clearAttention, raiseAttention } from './attention.ts';
import { after, promisedWithinSeconds } from './due.ts';
import { orderFactsOf, type EventInLane } from './event-in-lane.ts';
import { forgetLetter } from './forgotten-letters.ts';
import type { Lane } from './lane.ts';
import type { LaneStore } from './lane-store.ts';
import type { SendLaneMessage, SendLetter } from './send-lane-message.ts';
import { holdTurn, keepTurn, park, passTurn, putBack, stopAtGate, takeTurn, type LaneMove } from './turn.ts';

export interface SettleDeps {
  readonly ledger: Ledger;
  readonly lanes: LaneStore;
  readonly stateTable: string;
  readonly send: SendLaneMessage;
  readonly sendLetter: SendLetter;
  readonly log: Log;
  readonly now: () => Date;
  readonly newId: () => string;
}

export type SettleOutcome =
  | Exclude<AppendOutcome, { kind: 'appended' } | { kind: 'lane-moved' }>
  /** `lane`: as it stands after the commit. */
  | { readonly kind: 'appended'; readonly entry: Entry; readonly lane: Lane | undefined }
  /** The lane changed what may be recorded: decide anew whether the event runs or waits. */
  | { readonly kind: 'lane-moved' };

/**
 * Appends an entry together with what follows from it: the handler's own items (`effects`), the lane's move, the attention item and promises. If the
 * lane has changed since it was read, it is read and decided again. A message or dead letter that the transaction promises is sent after
 * the commit; if that fails, the sweeper sends it.
 */
export async function settle(
  read: EventInLane,
  decided: NewEntry,
  deps: SettleDeps,
  effects: readonly TransactItem[] = [],
): Promise<SettleOutcome> {
  let event = read;
  // If the body expired before the first entry was written, all this is unknown.
  const { event: stored } = event.record;
  const outlivesBody =
    event.newest === undefined && stored
      ? { lane: event.laneName, type: stored.type, order: stored.order }
      : {};
  // One nonce for all tries: if the answer to a try was lost, the next one recognises its own write.
  const own = { ...decided, ...outlivesBody, nonce: decided.nonce ?? deps.newId() };
  for (;;) {
    const move = await moveOf(event, own, deps);
    const outcome = await deps.ledger.append(event.key, event.newest, asItIs(own, event, move), {
      lane: move.items,
      effects,
      upkeep: upkeepOf(event, own, deps),
    });
    if (outcome.kind === 'lane-moved') {
      if (wasDecidedFromLane(own)) return outcome;
      event = { ...event, lane: await deps.lanes.read(event.laneName) };
      continue;
    }
    if (outcome.kind !== 'appended') return outcome;
    await keepPromise(event.laneName, move, deps);
    if (needsRepair(outcome.entry.state)) {
      const { key, laneName } = event;
      const letter = { event: key, entry: outcome.entry.number, lane: laneName };
      await orLeave('a dead letter', key, deps.sendLetter(letter), deps);
    }
    return { ...outcome, lane: move.lane };
  }
}

/** A handler that asks to wait for another event waits, whatever the lane would allow. */
const wasDecidedFromLane = (entry: NewEntry): boolean =>
  entry.state === 'processing' || (entry.state === 'waiting' && entry.needs === undefined);

/** A retrying event is parked only if it could take the turn; else it keeps its message. */
function asItIs(entry: NewEntry, { key }: EventInLane, { lane }: LaneMove): NewEntry {
  if (entry.state !== 'retrying' || lane?.turn === key) return entry;
  const inQueue = { ...entry };
  delete inQueue.parked;
  return inQueue;
}

/** What each new state does to the lane of its event. */
async function moveOf(event: EventInLane, entry: NewEntry, deps: SettleDeps): Promise<LaneMove> {
  switch (entry.state) {
    case 'processing':
      return takeTurn(event, deps);
    case 'waiting': {
      if (entry.because !== undefined) return stopAtGate(event, deps);
      const { position, needs, until } = entry;
      const { generation = event.newest?.generation ?? 0 } = entry;
      const asked = needs && until ? { needs, until } : {};
      return park(event, { ...orderFactsOf(event), position, generation, ...asked }, deps);
    }
    case 'retrying':
      return entry.parked === true ? keepTurn(event, entry.nextAt, deps) : { items: [], lane: event.lane };
    case 'reopened':
      return putBack(event, deps);
    case 'failed':
    case 'quarantined':
      // Its lane is not known either.
      if (event.newest === undefined && event.record.event === undefined)
        return { items: [], lane: event.lane };
      if (event.rules.onExhausted === 'hold') return holdTurn(event, deps);
      return await passTurn(event, entry.state, deps);
    case 'processed':
    case 'ignored':
    case 'superseded':
    case 'discarded':
    case 'resolved':
      return await passTurn(event, entry.state, deps);
  }
}

/** A failed event is on the attention list, with the promise of its dead letter, until it is repaired. Then its letter is removed. */
function upkeepOf(
  { key, sourceName, laneName, newest }: EventInLane,
  entry: NewEntry,
  deps: SettleDeps,
): readonly TransactItem[] {
  const { stateTable } = deps;
  if (needsRepair(entry.state)) {
    const reason = entry.state === 'failed' ? entry.cause : entry.state;
    const at = deps.now();
    const dueAt = after(at, promisedWithinSeconds);
    const about = { key, source: sourceName, lane: laneName, entry: (newest?.number ?? 0) + 1 };
    return [raiseAttention(stateTable, { ...about, reason, at, dueAt })];
  }
  if (newest === undefined || !needsRepair(newest.state)) return [];
  return [clearAttention(stateTable, key), forgetLetter(stateTable, key, newest.number, deps.now())];
}

/** Sends the message that a committed transaction promised. If that fails, the sweeper sends it. */
export async function keepPromise(
  lane: string,
  { promised }: Pick<LaneMove, 'promised'>,
  deps: Pick<SettleDeps, 'send' | 'log'>,
): Promise<void> {
  if (promised === undefined) return;
  await orLeave('a promised message', promised.event, deps.send({ ...promised, lane }), deps);
}

async function orLeave(what: string, event: string, sent: Promise<void>, { log }: Pick<SettleDeps, 'log'>) {
  try {
    await sent;
  } catch (error) {
    log.warn(`${what} was not sent; the sweeper will send it`, { event, error });
  }
}
