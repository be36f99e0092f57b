import type { Log, TransactItem } from '../handler-api/handler.ts';
import type { AppendOutcome } from '../ledger/append.ts';
import { asksForAttention, isFinal, type Entry, type NewEntry } from '../ledger/entry.ts';
import type { EventKey } from '../ledger/keys.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { clearAttention, raiseAttention } from './attention.ts';
import type { Candidate, Lane } from './lane.ts';
import type { LaneStore } from './lane-store.ts';
import type { LaneRules } from './rules.ts';
import type { SendLaneMessage } from './send-lane-message.ts';
import { holdTurn, passTurn, type LaneMove, type PromisedMessage } from './turn.ts';

export type SettleOutcome = Exclude<AppendOutcome, { kind: 'lane-moved' }>;

export interface SettleDeps {
  readonly ledger: Ledger;
  readonly lanes: LaneStore;
  readonly stateTable: string;
  readonly send: SendLaneMessage;
  readonly log: Log;
  readonly now: () => Date;
}

/** An event as it was read, with what happened to it since. */
export interface Settling {
  readonly key: EventKey;
  readonly sourceName: string;
  readonly rules: LaneRules;
  readonly candidate: Candidate;
  readonly laneName: string;
  /** Whether the LANE item has a say. Without order rules and hold it has none, and is not read. */
  readonly isLaned: boolean;
  readonly lane: Lane | undefined;
  /** Position of its WAIT item, where one is in place: it goes with the entry that closes the event. */
  readonly leaves?: string | undefined;
  /** Oldest first. */
  readonly entries: readonly Entry[];
}

/**
 * Appends an entry together with everything that follows from it: the handler's effects, the lane's move, the attention item. Where the
 * lane has moved since it was read, it is read and decided again. The message a hand-over promises is sent after the commit.
 */
export async function settle(
  settling: Settling,
  entry: NewEntry,
  effects: readonly TransactItem[],
  deps: SettleDeps,
): Promise<SettleOutcome> {
  const { laneName } = settling;
  let { lane, leaves } = settling;
  for (;;) {
    const move = await moveOf({ ...settling, leaves }, lane, entry, deps);
    const upkeep = attentionAfter(settling, entry, deps);
    const keepsTurn = move.items.length > 0 && move.lane?.turn === settling.key;
    const decided = keepsTurn ? { ...entry, hasTurn: true } : entry;
    const outcome = await deps.ledger.append(settling.key, decided, { lane: move.items, effects, upkeep });
    if (outcome.kind === 'lane-moved') {
      lane = await deps.lanes.read(laneName);
      // Whoever moved the lane may have handed it to this event, and its WAIT item is gone; what goes after the lane was read changes its version.
      if (leaves !== undefined && !(await deps.lanes.isWaiting(laneName, leaves))) leaves = undefined;
      continue;
    }
    if (outcome.kind === 'appended') await keepPromise(laneName, move.promised, deps);
    return outcome;
  }
}

/** Sends what a committed transaction promised. Where that fails its watch item makes the sweeper send it. */
export async function keepPromise(
  lane: string,
  promised: PromisedMessage | undefined,
  deps: Pick<SettleDeps, 'send' | 'log'>,
): Promise<void> {
  if (promised === undefined) return;
  try {
    await deps.send({ ...promised, lane });
  } catch (error) {
    deps.log.warn('a promised message was not sent; the sweeper will send it', {
      event: promised.event,
      error,
    });
  }
}

async function moveOf(
  settling: Settling,
  lane: Lane | undefined,
  entry: NewEntry,
  deps: SettleDeps,
): Promise<LaneMove> {
  const { candidate, laneName, rules, isLaned, leaves } = settling;
  const none: LaneMove = { items: [], lane };
  if (!isLaned) return none;
  const rests = entry.state === 'failed' || entry.state === 'quarantined';
  if (rests && rules.onExhausted === 'hold') {
    return holdTurn(lane, candidate, { laneName, rules, leaves, entryNumber: entry.number }, deps);
  }
  if (!rests && !isFinal(entry.state)) return none;
  return await passTurn(lane, candidate, entry.state, { laneName, rules, leaves }, deps);
}

function attentionAfter(settling: Settling, entry: NewEntry, deps: SettleDeps): readonly TransactItem[] {
  const { key, sourceName, laneName, entries } = settling;
  if (entry.state === 'failed' || entry.state === 'quarantined') {
    const reason = entry.state === 'failed' ? entry.cause : entry.state;
    return [
      raiseAttention(deps.stateTable, { key, source: sourceName, lane: laneName, reason, at: deps.now() }),
    ];
  }
  if (isFinal(entry.state) && asksForAttention(entries)) return [clearAttention(deps.stateTable, key)];
  return [];
}
