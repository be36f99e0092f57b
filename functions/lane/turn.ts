import type { TransactItem } from '../handler-api/handler.ts';
import type { EventState } from '../ledger/entry.ts';
import type { EventKey } from '../ledger/keys.ts';
import { admit, type Admission } from './admit.ts';
import { remember } from './lane-after.ts';
import type { LaneStore } from './lane-store.ts';
import type { Purpose } from './lane-message.ts';
import type { Candidate, Lane, LaneState, Waiting } from './lane.ts';
import type { LaneRules } from './rules.ts';
import { armWatch, promisedWithinSeconds, shortestWatchSeconds } from './watch.ts';

/** A change of a lane: items for the transaction that decides it, the lane as it then stands, and the message it promises. */
export interface LaneMove {
  readonly items: readonly TransactItem[];
  readonly lane: Lane | undefined;
  /** To be sent once the transaction has committed; the watch item among `items` sees to it otherwise. */
  readonly promised?: PromisedMessage;
}

export interface PromisedMessage {
  readonly event: EventKey;
  readonly generation: number;
  readonly purpose: Purpose;
}

export interface TurnDeps {
  readonly lanes: LaneStore;
  readonly stateTable: string;
  readonly now: () => Date;
}

/** How an event comes to rest in its lane; `leaves`: the position of its WAIT item, where one is still in place. */
export interface RestOptions {
  readonly laneName: string;
  readonly rules: LaneRules;
  readonly leaves?: string | undefined;
}

const noMove = (lane: Lane | undefined): LaneMove => ({ items: [], lane });
const later = (now: Date, seconds: number) => new Date(now.getTime() + seconds * 1000);

/** A lane without an item stands open and empty. */
const stateOf = (lane: Lane | undefined, laneName: string): LaneState =>
  lane ?? { lane: laneName, waiting: 0 };

const leave = (state: LaneState, leaves: string | undefined): LaneState =>
  leaves === undefined ? state : { ...state, waiting: state.waiting - 1 };

const unparking = (move: LaneMove, lane: string, leaves: string | undefined, deps: TurnDeps): LaneMove =>
  leaves === undefined ? move : { ...move, items: [...move.items, deps.lanes.unpark(lane, leaves)] };

/** Makes the sweeper look at an event of the lane when `dueAt` comes. */
const watch = (key: EventKey, lane: string, dueAt: Date, entryNumber: number, deps: TurnDeps): TransactItem =>
  armWatch(deps.stateTable, { key, lane, dueAt, intervalSeconds: shortestWatchSeconds, entryNumber });

function moved(before: Lane | undefined, after: LaneState | undefined, deps: TurnDeps): LaneMove {
  const { item, version } = deps.lanes.change(before, after);
  return { items: [item], lane: after && { ...after, version } };
}

/** An attempt begins: it holds the turn of a lane that has a LANE item (of any lane, where `evenIfOpen`), and no deadline runs against it. */
export function takeTurn(
  lane: Lane | undefined,
  event: Candidate,
  options: { readonly laneName: string; readonly evenIfOpen: boolean },
  deps: TurnDeps,
): LaneMove {
  const { laneName, evenIfOpen } = options;
  if (lane === undefined && !evenIfOpen) return noMove(lane);
  return moved(lane, { ...stateOf(lane, laneName), turn: event.key, deadline: undefined }, deps);
}

/**
 * An event parks behind the turn or a gap. The LANE's version changes although its turn does not: a hand-over that has not seen the
 * new WAIT item must not delete the lane.
 */
export function park(
  lane: Lane | undefined,
  event: Waiting,
  admission: Extract<Admission, { kind: 'wait' }>,
  options: { readonly laneName: string; readonly rules: LaneRules },
  deps: TurnDeps,
): LaneMove {
  const { laneName, rules } = options;
  const before = stateOf(lane, laneName);
  const isGap = admission.because !== 'turn';
  const gapEnds = isGap ? (before.deadline ?? later(deps.now(), rules.gapTimeoutSeconds)) : before.deadline;
  const move = moved(lane, { ...before, waiting: before.waiting + 1, deadline: gapEnds }, deps);
  const dueAt = isGap && gapEnds ? gapEnds : later(deps.now(), shortestWatchSeconds);
  const parked = [
    deps.lanes.park(laneName, event),
    watch(event.key, laneName, dueAt, event.entryNumber, deps),
  ];
  return { ...move, items: [...move.items, ...parked] };
}

/** An event failed or is quarantined in a source that holds: the turn stays on it until somebody repairs it, or the hold ends. */
export function holdTurn(
  lane: Lane | undefined,
  event: Candidate,
  options: RestOptions & { readonly entryNumber: number },
  deps: TurnDeps,
): LaneMove {
  const { laneName, rules, entryNumber, leaves } = options;
  const before = leave(stateOf(lane, laneName), leaves);
  if (lane?.turn !== undefined && lane.turn !== event.key) {
    return leaves === undefined ? noMove(lane) : unparking(moved(lane, before, deps), laneName, leaves, deps);
  }
  const { holdForSeconds } = rules;
  const deadline = holdForSeconds === undefined ? undefined : later(deps.now(), holdForSeconds);
  const move = unparking(moved(lane, { ...before, turn: event.key, deadline }, deps), laneName, leaves, deps);
  if (deadline === undefined) return move;
  return { ...move, items: [...move.items, watch(event.key, laneName, deadline, entryNumber, deps)] };
}

/**
 * An event came to rest in `state`: the lane remembers it, and if the turn was its own (or nobody's) it goes to the first waiting event
 * that the rules let through. With nothing waiting and nothing to remember the LANE item goes.
 */
export async function passTurn(
  lane: Lane | undefined,
  event: Candidate,
  state: EventState,
  options: RestOptions,
  deps: TurnDeps,
): Promise<LaneMove> {
  const { laneName, rules, leaves } = options;
  const before = stateOf(lane, laneName);
  const after = leave({ ...before, ...remember(before, event, state, rules) }, leaves);

  if (before.turn !== undefined && before.turn !== event.key) {
    return differs(before, after)
      ? unparking(moved(lane, after, deps), laneName, leaves, deps)
      : noMove(lane);
  }
  // A gap that was there before keeps the deadline it has; what remains once that has passed is another gap.
  const isGapOpen =
    before.turn === undefined && before.deadline !== undefined && before.deadline > deps.now();
  const deadline = isGapOpen ? before.deadline : undefined;
  const freed = { ...after, turn: undefined, deadline };
  return unparking(await handOver(lane, freed, event.key, rules, deps), laneName, leaves, deps);
}

/** A gap has lasted long enough: the first waiting event runs (or fails) although something before it is missing. */
export async function endGap(lane: Lane, rules: LaneRules, deps: TurnDeps): Promise<LaneMove> {
  for await (const first of deps.lanes.waiting(lane.lane)) {
    const next = rules.sequence ? laterNumber(lane.next, first.sequence) : lane.next;
    return giveTurn(lane, { ...lane, next }, first, deps);
  }
  return noMove(lane);
}

const laterNumber = (a: number | undefined, b: number | undefined): number | undefined =>
  a === undefined || (b !== undefined && b > a) ? b : a;

/** Gives the turn of a lane whose turn is nobody's to the first waiting event that may run, or lets the lane go. */
async function handOver(
  before: Lane | undefined,
  freed: LaneState,
  leaving: EventKey,
  rules: LaneRules,
  deps: TurnDeps,
): Promise<LaneMove> {
  let firstWaiting: Waiting | undefined;
  if (freed.waiting > 0) {
    for await (const waiting of deps.lanes.waiting(freed.lane)) {
      if (waiting.key === leaving) continue;
      firstWaiting ??= waiting;
      if (admit(waiting, freed, rules).kind !== 'wait') return giveTurn(before, freed, waiting, deps);
    }
  }
  if (firstWaiting !== undefined) {
    const deadline = freed.deadline ?? later(deps.now(), rules.gapTimeoutSeconds);
    const move = moved(before, { ...freed, deadline }, deps);
    return {
      ...move,
      items: [...move.items, watch(firstWaiting.key, freed.lane, deadline, firstWaiting.entryNumber, deps)],
    };
  }
  const nothingToRemember =
    freed.next === undefined && freed.latest === undefined && freed.done === undefined;
  if (!nothingToRemember) {
    const open = { ...freed, waiting: 0, deadline: undefined };
    return before && !differs(before, open) ? noMove(before) : moved(before, open, deps);
  }
  return before ? moved(before, undefined, deps) : noMove(before);
}

function giveTurn(before: Lane | undefined, state: LaneState, to: Waiting, deps: TurnDeps): LaneMove {
  const after = { ...state, turn: to.key, waiting: state.waiting - 1, deadline: undefined };
  const move = moved(before, after, deps);
  const soon = later(deps.now(), promisedWithinSeconds);
  const items = [
    ...move.items,
    deps.lanes.unpark(state.lane, to.position),
    watch(to.key, state.lane, soon, to.entryNumber, deps),
  ];
  const purpose = `hand-over:${move.lane?.version ?? ''}` as const;
  return { items, lane: move.lane, promised: { event: to.key, generation: to.generation, purpose } };
}

function differs(a: LaneState, b: LaneState): boolean {
  return (
    a.turn !== b.turn ||
    a.next !== b.next ||
    a.latest !== b.latest ||
    a.done?.length !== b.done?.length ||
    a.deadline?.getTime() !== b.deadline?.getTime() ||
    a.waiting !== b.waiting
  );
}
