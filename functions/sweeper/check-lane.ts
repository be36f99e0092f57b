import { isDeepStrictEqual } from 'node:util';
import { raiseNotConfigured } from '../lane/attention.ts';
import { after, sooner } from '../lane/due.ts';
import { readEventInLane, type EventInLane } from '../lane/event-in-lane.ts';
import { isOpen, stateOf, type Lane, type LaneState } from '../lane/lane.ts';
import { keepPromise } from '../lane/settle.ts';
import { leaveGate, releaseTurn } from '../lane/turn.ts';
import { parseEventKey, type EventKey } from '../ledger/keys.ts';
import { sourceOf } from '../ledger/named.ts';
import type { Source } from '../sources/source.ts';
import type { SweepRun } from './deps.ts';
import { endGaps } from './end-gaps.ts';
import { firstUnfinished } from './first-unfinished.ts';
import { checkAgainAt, decideRecovery, sentUntil } from './decide-recovery.ts';
import { lookAtFirst, lookBehindTurn } from './look-at-first.ts';
import { sendAgain } from './send-again.ts';

/** Steps of one check: others may change the lane meanwhile, and a gap may end for many events. What is left stays due. */
const mostSteps = 50;
const minuteSeconds = 60;
/** Far less than the five minutes for which SQS drops a second message of the same deduplication id. */
const longestCheckSeconds = 60;

interface CheckOptions {
  /** Events that are neither at rest nor parked, the first one first: check those accepted since, although the lane does not say so yet. */
  readonly watch?: readonly { readonly pk: EventKey; readonly since: Date }[];
  /** A lane that waits at its gate goes on (default false). */
  readonly mayPass?: boolean;
}

/**
 * Checks one lane: the event that has its turn, its gap, and its first unfinished event since `watchFrom`, behind a turn where that stands
 * still. It sends again what is lost, passes on a turn that is no longer used, ends a gap whose time is over, and writes down when to check
 * the lane again.
 */
export async function checkLane(
  name: string,
  { send, ...others }: SweepRun,
  { watch, mayPass = false }: CheckOptions = {},
): Promise<void> {
  const until = after(others.now(), longestCheckSeconds);
  const deps: SweepRun = {
    ...others,
    // If this run was frozen meanwhile, others may have sent the same since.
    send: async (message) => {
      if (others.now() > until) throw new Error('the check of a lane took too long to send anything');
      await send(message);
    },
  };
  let sent: Sent = {};
  for (let steps = 1; steps <= mostSteps; steps++) {
    const lane = await deps.lanes.read(name);
    if (lane === undefined && watch === undefined) return;
    // The event that has the turn is checked by itself.
    const watched = watch?.find(({ pk }) => pk !== lane?.turn)?.since;
    const state = {
      ...stateOf(lane, name),
      ...newerOf(lane, sent),
      watchFrom: sooner(lane?.watchFrom, watched),
    };
    const done = await step(lane, state, mayPass, deps);
    if (done === 'settled' || (done === 'moved' && watch === undefined)) return;
    sent = done === 'moved' ? {} : done;
  }
}

/** What a lane remembers of what was sent of it. */
type Sent = Pick<LaneState, 'sent' | 'behind'>;

/**
 * `moved`: the turn moved on, and with it the time of the next check; `watch` was not written down by that. Else somebody has moved the lane since
 * it was read, and it is checked again with what has been sent: most often it is the first of those very messages that has moved it.
 */
type Step = 'settled' | 'moved' | Sent;

const sentOf = ({ sent, behind }: LaneState): Sent => ({ sent, behind });

const newerOf = (lane: Lane | undefined, { sent, behind }: Sent): Sent => ({
  sent: newer(lane?.sent, sent),
  behind: newer(lane?.behind, behind),
});

const newer = <T extends { readonly at: Date }>(a: T | undefined, b: T | undefined): T | undefined =>
  a === undefined || (b !== undefined && b.at > a.at) ? b : a;

/** `lane` as it was read; `state` is what is known of it beyond that. */
async function step(
  lane: Lane | undefined,
  state: LaneState,
  mayPass: boolean,
  deps: SweepRun,
): Promise<Step> {
  const source = sourceOf(state.lane, deps.sources);
  if (source === undefined) return await checkOrphan(lane, state, deps);
  if (lane?.turn === undefined) return await checkFirst(lane, state, source, deps);
  const isDue = lane.dueAt === undefined || lane.dueAt <= deps.now();
  if (!isDue && isSameTime(lane.watchFrom, state.watchFrom)) return 'settled';
  const held = { ...(await readEventInLane(lane.turn, source, deps)), laneName: state.lane, lane };
  if (lane.atGate !== undefined && mayPass) return await letThrough(held, source, state, deps);
  if (isDue && lane.atGate === undefined) return await checkTurn(held, source, state, deps);
  const behind = await lookBehindTurn(held, state, source, deps);
  if (lane.atGate !== undefined) return await write(lane, behind.state, deps, behind.at);
  return await write(lane, { ...behind.state, dueAt: sooner(lane.dueAt, behind.at) }, deps);
}

/**
 * Writes the lane with the time of its next check; deletes a LANE item that says nothing any more. `lookAt`: when to check it though it
 * waits at its gate, where another item makes it due.
 */
async function write(
  before: Lane | undefined,
  state: LaneState,
  deps: SweepRun,
  lookAt?: Date,
): Promise<Step> {
  const isOver = isOpen(state) && state.dueAt === undefined;
  if (before === undefined && isOver) return 'settled';
  if (before && !isOver && !lookAt && isWatchedAlike(before, state)) return 'settled';
  const { item } = deps.lanes.change(before, isOver ? undefined : state);
  const look = lookAt ? [deps.lanes.lookAtGate(state.lane, lookAt)] : [];
  return (await deps.lanes.commit([item, ...look])) === 'committed' ? 'settled' : sentOf(state);
}

const isWatchedAlike = (a: LaneState, b: LaneState): boolean => isDeepStrictEqual(watchOf(a), watchOf(b));

/** What the check of a lane may change. */
const watchOf = ({ turn, dueAt, gapUntil, atGate, watchFrom, sent, behind }: LaneState): unknown => [
  turn,
  dueAt,
  gapUntil,
  atGate,
  watchFrom,
  sent?.at,
  behind?.at,
];

const isSameTime = (a: Date | undefined, b: Date | undefined): boolean => a?.getTime() === b?.getTime();

type Held = EventInLane & { readonly lane: Lane };

/** A move of the lane takes over what has been sent of it too. */
const knowing = (held: Held, state: LaneState): Held => ({
  ...held,
  lane: { ...held.lane, ...sentOf(state) },
});

/** It may pass the gate before which it waited. */
async function letThrough(stopped: Held, source: Source, state: LaneState, deps: SweepRun): Promise<Step> {
  if (stopped.newest?.state !== 'waiting') {
    return await checkTurn(stopped, source, { ...state, atGate: undefined }, deps);
  }
  const move = leaveGate(knowing(stopped, state), deps);
  if ((await deps.lanes.commit(move.items)) === 'moved') return sentOf(state);
  deps.count('sent');
  await keepPromise(stopped.laneName, move, deps);
  return 'moved';
}

async function checkTurn(held: Held, source: Source, before: LaneState, deps: SweepRun): Promise<Step> {
  const { key, newest, record, lane } = held;
  const acceptedAt = record.event?.acceptedAt ?? before.sent?.upTo ?? deps.now();
  const entry = newest?.number ?? 0;
  const recovery = decideRecovery(
    {
      ...held,
      since: newest?.at ?? acceptedAt,
      visibilityTimeoutSeconds: deps.visibilityTimeoutSeconds,
      standsInLine: false,
      sentUntil: sentUntil(before.sent, { key, entry, acceptedAt }),
    },
    deps.now(),
  );
  if (recovery.kind === 'pass-turn') {
    const move = await releaseTurn(knowing(held, before), newest?.state ?? 'pending', deps);
    const note = { what: 'released', actor: 'sweeper', reason: 'the hold is over' } as const;
    const noted = recovery.released ? [deps.ledger.notePut(key, note)] : [];
    if ((await deps.lanes.commit([...move.items, ...noted])) === 'moved') return sentOf(before);
    await keepPromise(held.laneName, move, deps);
    return 'moved';
  }
  const { state, at } = await lookBehindTurn(held, before, source, deps);
  if (recovery.kind === 'later') {
    return await write(lane, { ...state, dueAt: sooner(recovery.at, at) }, deps);
  }
  const one = { pk: key, acceptedAt: acceptedAt.toISOString() };
  const version = { entry, generation: newest?.generation ?? 0 };
  const sent = await sendAgain([one], version, state.lane, state.sent, deps);
  return await write(lane, { ...state, sent, dueAt: sooner(checkAgainAt(sent.at, sent.at), at) }, deps);
}

/** Checks a lane in which no event has the turn: its gap, and its first unfinished event. */
async function checkFirst(
  lane: Lane | undefined,
  before: LaneState,
  source: Source,
  deps: SweepRun,
): Promise<Step> {
  if (lane === undefined || lane.waiting === 0) {
    const { state, at } = await lookAtFirst({ ...before, gapUntil: undefined }, source, deps);
    return await write(lane, { ...state, dueAt: at }, deps);
  }
  const ended = await endGaps({ ...lane, ...sentOf(before) }, source, deps);
  if (ended !== 'nothing-due') return ended === 'ended' ? 'moved' : sentOf(before);
  const gapUntil = await gapEnd(lane, deps);
  const { state, at } = await lookAtFirst({ ...before, gapUntil }, source, deps);
  const gapDue = gapUntil ?? after(deps.now(), minuteSeconds);
  return await write(lane, { ...state, dueAt: sooner(at, gapDue) }, deps);
}

/** When the time of the first event that waits in a gap is over; read anew where the event that set it has left the gap. */
async function gapEnd({ lane, gapUntil }: Lane, deps: SweepRun): Promise<Date | undefined> {
  if (gapUntil && gapUntil > deps.now()) return gapUntil;
  let end: Date | undefined;
  for await (const { until } of deps.lanes.waiting(lane)) end = sooner(end, until);
  return end;
}

/** Checks a lane whose source is no longer configured: as long as its events have bodies, they may run once the source is back. */
async function checkOrphan(lane: Lane | undefined, state: LaneState, deps: SweepRun): Promise<Step> {
  const key = state.turn ?? (await firstWaiting(state.lane, deps)) ?? (await firstWatched(state, deps));
  const event = key && (await deps.ledger.read(key)).event;
  const mayRun = event !== undefined && event.expiresAt > deps.now();
  if (!mayRun) return await write(lane, { ...state, watchFrom: undefined, dueAt: undefined }, deps);
  const { source = '' } = parseEventKey(state.lane) ?? {};
  await deps.lanes.commit([raiseNotConfigured(deps.stateTable, source, deps.now())]);
  return await write(lane, { ...state, dueAt: checkAgainAt(event.acceptedAt, deps.now()) }, deps);
}

async function firstWaiting(lane: string, deps: SweepRun): Promise<EventKey | undefined> {
  for await (const { key } of deps.lanes.waiting(lane)) return key;
  return undefined;
}

async function firstWatched({ lane, watchFrom }: LaneState, deps: SweepRun): Promise<EventKey | undefined> {
  if (watchFrom === undefined) return undefined;
  const found = await firstUnfinished(lane, watchFrom, deps);
  return found.kind === 'unfinished' ? found.event.pk : undefined;
}
