import { readEventInLane } from '../lane/event-in-lane.ts';
import { admit } from '../lane/order-rules.ts';
import type { Lane, WaitItem } from '../lane/lane.ts';
import { laneRules, type LaneRules } from '../lane/lane-options.ts';
import { keepPromise, settle } from '../lane/settle.ts';
import { endGap } from '../lane/turn.ts';
import type { NewEntry } from '../ledger/entry.ts';
import type { EventKey } from '../ledger/keys.ts';
import type { Source } from '../sources/source.ts';
import type { SweepRun } from './deps.ts';

/**
 * Where a gap has lasted long enough, its first event runs, or fails without a message, as the source says; those that wait for the same
 * do so with it.
 */
export async function endGaps(
  lane: Lane,
  source: Source,
  deps: SweepRun,
): Promise<'nothing-due' | 'ended' | 'moved'> {
  const first = await firstOverdue(lane, deps);
  if (first === undefined) return 'nothing-due';
  const rules = laneRules(source);
  const reason = 'what it waited for did not come in time';
  if (rules.onGap === 'run') {
    const move = endGap(lane, first, rules, deps);
    const released = await letThrough(lane, move.lane, rules, deps);
    const notes = released.map((key) =>
      deps.ledger.notePut(key, { what: 'released', actor: 'sweeper', reason }),
    );
    if ((await deps.lanes.commit([...move.items, ...notes])) === 'moved') return 'moved';
    await keepPromise(lane.lane, move, deps);
    return 'ended';
  }
  const event = await readEventInLane(first.key, source, deps);
  // Another check has ended its wait since the lane was read.
  if (event.newest?.state !== 'waiting') return 'moved';
  const error = { name: 'GapTimeout', message: reason };
  const entry: NewEntry = { state: 'failed', cause: 'gap', actor: 'sweeper', error };
  const settled = await settle(event, entry, deps);
  // The next one that waits for the same is due too, unless this one holds the lane.
  return settled.kind === 'appended' && settled.lane?.turn !== undefined ? 'ended' : 'moved';
}

/** The first waiting event whose time is over. */
async function firstOverdue(lane: Lane, deps: SweepRun): Promise<WaitItem | undefined> {
  const now = deps.now();
  for await (const waiting of deps.lanes.waiting(lane.lane)) {
    const until = waiting.until ?? lane.gapUntil;
    if (until === undefined || until <= now) return waiting;
  }
  return undefined;
}

/** A transaction holds 100 items; whoever is let through beyond so many runs without a note of it. */
const mostNoted = 80;

/** Those of a gap whom nothing holds back any more but the turn of another. */
async function letThrough(
  before: Lane,
  lane: Lane | undefined,
  rules: LaneRules,
  deps: SweepRun,
): Promise<readonly EventKey[]> {
  const free = { ...lane, turn: undefined };
  const keys: EventKey[] = [];
  for await (const waiting of deps.lanes.waiting(before.lane)) {
    const isFirst = waiting.key === lane?.turn;
    if (isFirst || (waitsForType(waiting, before, rules) && admit(waiting, free, rules).kind === 'run')) {
      if (keys.push(waiting.key) === mostNoted) break;
    }
  }
  return keys;
}

function waitsForType(waiting: WaitItem, lane: Lane, rules: LaneRules): boolean {
  const admission = admit(waiting, { ...lane, turn: undefined }, rules);
  return admission.kind === 'wait' && admission.needs !== undefined;
}
