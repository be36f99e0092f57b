import { isDeepStrictEqual } from 'node:util';
import type { TransactItem } from '../api/handler.ts';
import { isFinal, type EventState } from '../ledger/entry.ts';
import type { EventKey } from '../ledger/keys.ts';
import { named } from '../ledger/named.ts';
import { admit } from './order-rules.ts';
import { after, promisedWithinSeconds, sooner } from './due.ts';
import { orderFactsOf, parkedAt, type EventInLane } from './event-in-lane.ts';
import type { LaneStore } from './lane-store.ts';
import { gapOf, greater, joined, noGap, type Gap } from './gap.ts';
import { isOpen, sentBehind, stateOf, type Lane, type LaneState, type WaitItem } from './lane.ts';
import { met, remember } from './remember.ts';
import type { LaneRules } from './lane-options.ts';
import type { MessageToSend } from './send-lane-message.ts';

/** A change of a lane: items for the transaction that decides it, the lane as it then stands, and the message it promises. */
export interface LaneMove {
  readonly items: readonly TransactItem[];
  readonly lane: Lane | undefined;
  /** To be sent after the commit. If it is not, the sweeper sends it when the lane is due. */
  readonly promised?: Omit<MessageToSend, 'lane'>;
}

export interface TurnDeps {
  readonly lanes: LaneStore;
  readonly now: () => Date;
}

const noMove = (lane: Lane | undefined): LaneMove => ({ items: [], lane });

function moved(before: Lane | undefined, state: LaneState | undefined, deps: TurnDeps): LaneMove {
  const { item, version } = deps.lanes.change(before, state);
  return { items: [item, ...lookAtGate(before, state, deps)], lane: state && { ...state, version } };
}

const alongWith = (move: LaneMove, items: readonly TransactItem[]): LaneMove => ({
  ...move,
  items: [...move.items, ...items],
});

/** With the message by which the event goes on that has the turn. */
const handedTo = (event: EventKey, generation: number, move: LaneMove): LaneMove => ({
  ...move,
  promised: { event, generation, purpose: `hand-over:${move.lane?.version ?? ''}` },
});

/** A lane at its gate is not among what is due: if events of it are watched, another item is. */
function lookAtGate(
  before: Lane | undefined,
  state: LaneState | undefined,
  deps: TurnDeps,
): readonly TransactItem[] {
  const lookAt = state?.atGate && lookSoon(state, deps);
  const isNew = before?.atGate === undefined || before.watchFrom?.getTime() !== state?.watchFrom?.getTime();
  return state && lookAt && isNew ? [deps.lanes.lookAtGate(state.lane, lookAt)] : [];
}

/** While a lane stands still, the sweeper looks for what is watched behind the turn. */
const lookSoon = ({ watchFrom }: LaneState, deps: TurnDeps): Date | undefined =>
  watchFrom && after(deps.now(), promisedWithinSeconds);

/** The lane without the event's WAIT item, and the transaction item that deletes it, if there is one. */
function leaving(event: EventInLane, deps: TurnDeps): { state: LaneState; items: readonly TransactItem[] } {
  const state = stateOf(event.lane, event.laneName);
  const position = parkedAt(event);
  if (position === undefined) return { state, items: [] };
  const waiting = state.waiting - 1;
  return {
    state: { ...state, waiting, ...(waiting === 0 && noGap) },
    items: [deps.lanes.unpark(event.laneName, position)],
  };
}

/** An attempt begins: it takes the turn, unless the lane is open. */
export function takeTurn({ key, lane }: EventInLane, deps: TurnDeps): LaneMove {
  if (lane === undefined || isOpen(lane)) return noMove(lane);
  if (lane.turn === key && lane.atGate === undefined && lane.holdUntil === undefined) return noMove(lane);
  const taken = { ...lane, turn: key, holdUntil: undefined };
  return moved(lane, lane.atGate ? offTheGate(taken, deps) : taken, deps);
}

/**
 * An event parks behind the turn or in a gap. The LANE's version changes although its turn does not: a hand-over that has not seen the
 * new WAIT item must not delete the lane. An event whose handler asked to wait (`needs`) has the turn, or its lane is open.
 */
export async function park(
  event: EventInLane,
  waiting: Omit<WaitItem, 'tick'>,
  deps: TurnDeps,
): Promise<LaneMove> {
  const { laneName, lane, rules } = event;
  const before = stateOf(lane, laneName);
  const tick = before.tick ?? 0;
  const isBehindTurn = before.turn !== undefined && before.turn !== event.key;
  const isGap = waiting.needs !== undefined || !isBehindTurn;
  const until = waiting.until ?? after(deps.now(), rules.gapTimeoutSeconds);
  const gap = joined(gapOf(before), isGap ? { gapUntil: until, gapUpTo: waiting.position } : noGap);
  const asked = Object.fromEntries(
    (waiting.needs ?? []).map((type) => [type, named(before.wanted, type) ?? 0]),
  );
  const parked: LaneState = {
    ...before,
    waiting: before.waiting + 1,
    ...gap,
    tick,
    wanted: { ...before.wanted, ...asked },
    next: before.next ?? firstSeen(waiting, rules),
    dueAt: sooner(before.dueAt, isGap ? gap.gapUntil : after(deps.now(), promisedWithinSeconds)),
  };
  const freed = { ...parked, turn: undefined };
  const leave = { passing: event.key, others: before.waiting };
  // Where it had the turn, its handler has run and waits: the turn goes to the next event that may run.
  const hadTurn = before.turn === event.key;
  const move = hadTurn ? await handOver(lane, freed, leave, rules, deps) : moved(lane, parked, deps);
  return alongWith(move, [deps.lanes.park(laneName, { ...waiting, tick })]);
}

/** With `start: 'first-seen'` the number of an event that has run, and waits now, is the first of its lane. */
const firstSeen = ({ started, sequence }: Pick<WaitItem, 'started' | 'sequence'>, rules: LaneRules) =>
  rules.sequence && rules.start === 'first-seen' && started ? sequence : undefined;

/** An attempt failed and the next one is far off: the event keeps the turn until the sweeper sends it. */
export function keepTurn({ key, lane, laneName }: EventInLane, nextAt: Date, deps: TurnDeps): LaneMove {
  const before = stateOf(lane, laneName);
  if (before.turn !== undefined && before.turn !== key) return noMove(lane);
  const sent = sentBehind(before.sent);
  const dueAt = sooner(nextAt, lookSoon(before, deps));
  return moved(lane, { ...before, turn: key, atGate: undefined, sent, dueAt }, deps);
}

/** An event may run but for its source, which is paused: it takes the turn, and its lane waits until the gate is open. */
export function stopAtGate({ key, lane, laneName }: EventInLane, deps: TurnDeps): LaneMove {
  const before = stateOf(lane, laneName);
  const sent = sentBehind(before.sent);
  return moved(lane, { ...before, turn: key, sent, dueAt: undefined, atGate: deps.now() }, deps);
}

/** The gate is open: the event that has the turn of a lane before it goes on. */
export function leaveGate({ key, lane, laneName, newest }: EventInLane, deps: TurnDeps): LaneMove {
  const move = moved(lane, offTheGate(stateOf(lane, laneName), deps), deps);
  return handedTo(key, newest?.generation ?? 0, move);
}

/** A lane that waits at a gate is not among what is due; from then on it is looked after as ever. */
const offTheGate = (lane: LaneState, deps: TurnDeps): LaneState => ({
  ...lane,
  atGate: undefined,
  dueAt: after(deps.now(), promisedWithinSeconds),
});

/** An event is put back. It keeps the turn if it has it; a retrying event takes it, so that the events behind it stay behind. */
export function putBack(event: EventInLane, deps: TurnDeps): LaneMove {
  const { key, lane, laneName, newest, record } = event;
  const before = stateOf(lane, laneName);
  const dueAt = sooner(before.dueAt, after(deps.now(), promisedWithinSeconds));
  if (before.turn === key || (before.turn === undefined && newest?.state === 'retrying')) {
    const sent = sentBehind(before.sent);
    return moved(lane, { ...before, turn: key, atGate: undefined, holdUntil: undefined, sent, dueAt }, deps);
  }
  // Without the turn, the watch of the lane has to find the event.
  const watchFrom = sooner(before.watchFrom, record.event?.acceptedAt ?? deps.now());
  return moved(lane, { ...before, watchFrom, dueAt }, deps);
}

/**
 * An event failed or is quarantined in a source that holds: it keeps the turn until an operator repairs it or the hold ends. If another
 * event has the turn (both were in flight at once), it holds the lane after that one, before all that wait.
 */
export function holdTurn(event: EventInLane, deps: TurnDeps): LaneMove {
  const { key, lane, rules } = event;
  const { state, items } = leaving(event, deps);
  if (state.turn !== undefined && state.turn !== key) {
    const holdNext = [...new Set(state.holdNext).add(key)];
    return alongWith(moved(lane, { ...state, holdNext }, deps), items);
  }
  const holdUntil = holdEnd(rules, deps);
  const dueAt = sooner(holdUntil, lookSoon(state, deps));
  const held = { ...state, turn: key, atGate: undefined, holdUntil, dueAt };
  return alongWith(moved(lane, held, deps), items);
}

const someOf = <T>(all: T[] | undefined): T[] | undefined => (all?.length === 0 ? undefined : all);

const holdEnd = ({ holdForSeconds }: LaneRules, deps: TurnDeps): Date | undefined =>
  holdForSeconds === undefined ? undefined : after(deps.now(), holdForSeconds);

/**
 * An event came to rest: the lane remembers it. If it had the turn, or no event had, the turn goes to the first waiting event that the
 * rules admit. If nothing waits and nothing is to be remembered, the LANE item is deleted.
 */
export async function passTurn(event: EventInLane, rest: EventState, deps: TurnDeps): Promise<LaneMove> {
  const move = await cameToRest(event, rest, deps);
  // Who repairs an event stands in no line with what is in flight: a handler may ask to wait for it just now.
  const isRepair = rest === 'resolved' || rest === 'discarded';
  return isRepair && move.items.length === 0 ? stays(event, deps) : move;
}

/** Nothing changes, unless the lane has: then it is to be decided anew. */
const stays = ({ lane, laneName }: EventInLane, deps: TurnDeps): LaneMove =>
  lane ? moved(lane, lane, deps) : { items: [deps.lanes.staysOpen(laneName)], lane };

async function cameToRest(event: EventInLane, rest: EventState, deps: TurnDeps): Promise<LaneMove> {
  const { key, lane, rules } = event;
  const { state, items } = leaving(event, deps);
  const holdNext = someOf(state.holdNext?.filter((other) => other !== key));
  const known = { ...state, holdNext, ...remember(state, orderFactsOf(event), rest, rules) };
  if (state.turn !== undefined && state.turn !== key) {
    if (items.length === 0 && saysTheSame(lane, known)) return noMove(lane);
    return alongWith(moved(lane, known, deps), items);
  }
  // Another number is missing now: the events that wait for it get the whole time.
  const isNewGap = known.next !== state.next;
  const freed = {
    ...known,
    turn: undefined,
    atGate: undefined,
    holdUntil: undefined,
    ...(isNewGap && noGap),
  };
  const move = await handOver(lane, freed, { passing: key, others: freed.waiting }, rules, deps);
  return alongWith(move, items);
}

/** Takes the turn from an event at rest: the waiting events go on without it. */
export const releaseTurn = (held: EventInLane, rest: EventState, deps: TurnDeps): Promise<LaneMove> =>
  passTurn(isFinal(rest) ? held : { ...held, rules: { ...held.rules, onExhausted: 'continue' } }, rest, deps);

/** Ends a gap: `first`, whose time is over, runs although something is missing, and so do all that wait for the same. */
export function endGap(lane: Lane, first: WaitItem, rules: LaneRules, deps: TurnDeps): LaneMove {
  const admission = admit(first, lane, rules);
  const needs = admission.kind === 'wait' ? admission.needs : undefined;
  const given = needs
    ? { ...lane, ...met(lane, needs) }
    : { ...lane, next: rules.sequence ? greater(lane.next, first.sequence) : lane.next };
  return giveTurn(lane, { ...given, ...noGap }, first, deps);
}

/**
 * Gives a free turn to the first event that failed beside the one that had it, else to the first waiting event that may run, or deletes the
 * LANE item if it says nothing more.
 */
async function handOver(
  before: Lane | undefined,
  freed: LaneState,
  { passing, others }: { readonly passing: EventKey; readonly others: number },
  rules: LaneRules,
  deps: TurnDeps,
): Promise<LaneMove> {
  const [failed, ...behind] = freed.holdNext ?? [];
  if (failed !== undefined)
    return holdBy(failed, before, { ...freed, holdNext: someOf(behind) }, rules, deps);
  const gap = gapOf(freed);
  const { gapUpTo: last = '' } = gap;
  let passedBy: Gap = freed.waiting > others ? gap : noGap;
  if (others > 0) {
    for await (const waiting of deps.lanes.waiting(freed.lane)) {
      const { key, position } = waiting;
      if (key === passing) continue;
      if (admit(waiting, freed, rules).kind !== 'wait') {
        // Those behind it are not asked: if one of them waits in the gap, it lasts.
        const asBefore = position < last ? gap : noGap;
        return giveTurn(before, { ...freed, ...joined(passedBy, asBefore) }, waiting, deps);
      }
      // Behind the gap it waited for the turn alone, and has its whole time before it.
      const shared = position <= last ? gap.gapUntil : undefined;
      const gapUntil = waiting.until ?? shared ?? after(deps.now(), rules.gapTimeoutSeconds);
      passedBy = joined(passedBy, { gapUntil, gapUpTo: position });
    }
  }
  if (freed.waiting > 0) {
    const dueAt =
      sooner(passedBy.gapUntil, watchedAt(freed, deps)) ?? after(deps.now(), promisedWithinSeconds);
    return moved(before, { ...freed, ...passedBy, dueAt }, deps);
  }
  const empty: LaneState = {
    ...freed,
    ...noGap,
    wanted: undefined,
    tick: undefined,
    sent: sentBehind(freed.sent),
    // Events behind this one may have been checked while it stood before them: the sweeper checks again whether they have run.
    dueAt: watchedAt(freed, deps),
  };
  if (isOpen(empty) && empty.watchFrom === undefined) {
    return before ? moved(before, undefined, deps) : noMove(before);
  }
  return before && saysTheSame(before, empty) ? noMove(before) : moved(before, empty, deps);
}

/** A lane that is watched is looked at no later than it was to be, however often it moves on. */
const watchedAt = (lane: LaneState, deps: TurnDeps): Date | undefined =>
  lane.watchFrom && sooner(lane.dueAt, lookSoon(lane, deps));

/** If it was put back meanwhile, it runs: it waits, or its message is on its way. */
async function holdBy(
  key: EventKey,
  before: Lane | undefined,
  freed: LaneState,
  rules: LaneRules,
  deps: TurnDeps,
): Promise<LaneMove> {
  for await (const waiting of deps.lanes.waiting(freed.lane)) {
    if (waiting.key === key) return giveTurn(before, freed, waiting, deps);
  }
  const sent = sentBehind(freed.sent);
  // The sweeper looks whether that message came.
  const dueAt = after(deps.now(), promisedWithinSeconds);
  return moved(before, { ...freed, turn: key, holdUntil: holdEnd(rules, deps), sent, dueAt }, deps);
}

function giveTurn(before: Lane | undefined, state: LaneState, to: WaitItem, deps: TurnDeps): LaneMove {
  const dueAt = after(deps.now(), promisedWithinSeconds);
  const given = {
    ...state,
    turn: to.key,
    atGate: undefined,
    waiting: state.waiting - 1,
    sent: sentBehind(state.sent),
    dueAt,
  };
  const move = alongWith(moved(before, given, deps), [deps.lanes.unpark(state.lane, to.position)]);
  return handedTo(to.key, to.generation, move);
}

/** Whether two states of a lane differ at most in when the sweeper looks at it, and in what it has sent. */
const saysTheSame = (a: LaneState | undefined, b: LaneState): boolean =>
  isDeepStrictEqual(saidBy(a), saidBy(b));

const saidBy = (lane: LaneState | undefined): unknown =>
  lane && [
    lane.turn,
    lane.holdNext,
    lane.holdUntil,
    lane.atGate,
    lane.gapUntil,
    lane.waiting,
    lane.next,
    lane.latest,
    lane.done,
    lane.tick,
  ];
