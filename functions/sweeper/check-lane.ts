import { raiseNotConfigured } from '../lane/attention.ts';
import { after, sooner } from '../lane/due.ts';
import { readEventInLane, type EventInLane } from '../lane/event-in-lane.ts';
import { isOpen, stateOf, type Lane, type LaneState } from '../lane/lane.ts';
import { keepPromise } from '../lane/settle.ts';
import { leaveGate, releaseTurn } from '../lane/turn.ts';
import { eventSortKey, parseEventKey, type EventKey } from '../ledger/keys.ts';
import { named } from '../ledger/named.ts';
import type { Source } from '../sources/source.ts';
import type { Indexed } from './cursor.ts';
import type { SweepRun } from './deps.ts';
import { endGaps } from './end-gaps.ts';
import { firstUnfinished, notBegunBehind } from './first-unfinished.ts';
import { checkAgainAt, decideRecovery, sentUntil, type Recovery } from './decide-recovery.ts';
import { sendAgain, type EntryVersion } from './send-again.ts';

/** Steps of one check: others may change the lane meanwhile, and a gap may end for many events. What is left stays due. */
const mostSteps = 50;
const minuteSeconds = 60;
/** Far less than the five minutes for which SQS drops a second message of the same deduplication id. */
const longestCheckSeconds = 60;

interface CheckOptions {
  /** Check the events accepted since then, although the lane does not say so yet. */
  readonly watch?: Date;
  /** A lane that waits at its gate goes on (default false). */
  readonly mayPass?: boolean;
}

/**
 * Checks one lane: the event that has its turn, its gap, and its first unfinished event since `watchFrom`. It sends again what is lost,
 * passes on a turn that is no longer used, ends a gap whose time is over, and writes down when to check the lane again.
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
  for (let steps = 1; steps <= mostSteps; steps++) {
    const lane = await deps.lanes.read(name);
    if (lane === undefined && watch === undefined) return;
    const done = await step(name, lane, sooner(lane?.watchFrom, watch), mayPass, deps);
    if (done === 'settled' || (done === 'moved' && watch === undefined)) return;
  }
}

/** `moved`: the turn moved on, and with it the time of the next check; `watch` was not written down by that. */
type Step = 'settled' | 'moved' | 'again';

async function step(
  name: string,
  lane: Lane | undefined,
  watchFrom: Date | undefined,
  mayPass: boolean,
  deps: SweepRun,
): Promise<Step> {
  const sourceName = parseEventKey(name)?.source ?? '';
  const source = named(deps.sources, sourceName);
  const state = { ...stateOf(lane, name), watchFrom };
  if (source === undefined) return await checkOrphan(lane, state, deps);
  if (lane?.turn !== undefined && lane.atGate !== undefined) {
    if (!mayPass) return await write(lane, state, deps);
    const read = await readEventInLane(lane.turn, sourceName, source, deps);
    return await letThrough({ ...read, laneName: name, lane }, lane, state, deps);
  }
  if (lane?.turn !== undefined) {
    // Everything else stands behind the turn, which is checked when it is due.
    const isDue = lane.dueAt === undefined || lane.dueAt <= deps.now();
    if (!isDue) return await write(lane, state, deps);
    const read = await readEventInLane(lane.turn, sourceName, source, deps);
    return await checkTurn({ ...read, laneName: name, lane }, lane, state, deps);
  }
  if (lane && lane.waiting > 0) {
    const ended = await endGaps(lane, source, sourceName, deps);
    if (ended !== 'nothing-due') return ended === 'ended' ? 'moved' : 'again';
  }
  return await checkFirst(lane, state, sourceName, source, deps);
}

/** Writes the lane with the time of its next check; deletes a LANE item that says nothing any more. */
async function write(before: Lane | undefined, state: LaneState, deps: SweepRun): Promise<Step> {
  const isOver = isOpen(state) && state.dueAt === undefined;
  if (before === undefined && isOver) return 'settled';
  if (before && !isOver && isWatchedAlike(before, state)) return 'settled';
  const { item } = deps.lanes.change(before, isOver ? undefined : state);
  return (await deps.lanes.commit([item])) === 'committed' ? 'settled' : 'again';
}

const isWatchedAlike = (a: LaneState, b: LaneState): boolean =>
  a.dueAt?.getTime() === b.dueAt?.getTime() &&
  a.gapUntil?.getTime() === b.gapUntil?.getTime() &&
  a.atGate?.getTime() === b.atGate?.getTime() &&
  a.watchFrom?.getTime() === b.watchFrom?.getTime() &&
  a.sent?.at.getTime() === b.sent?.at.getTime() &&
  a.turn === b.turn;

/** It may pass the gate before which it waited. */
async function letThrough(stopped: EventInLane, lane: Lane, state: LaneState, deps: SweepRun): Promise<Step> {
  if (stopped.newest?.state !== 'waiting') {
    return await checkTurn(stopped, lane, { ...state, atGate: undefined }, deps);
  }
  const move = leaveGate(stopped, state.watchFrom, deps);
  if ((await deps.lanes.commit(move.items)) === 'moved') return 'again';
  deps.count('sent');
  await keepPromise(stopped.laneName, move, deps);
  return 'moved';
}

async function checkTurn(held: EventInLane, lane: Lane, state: LaneState, deps: SweepRun): Promise<Step> {
  const { key, newest, record } = held;
  const acceptedAt = record.event?.acceptedAt ?? lane.sent?.upTo ?? deps.now();
  const entry = newest?.number ?? 0;
  const since = newest?.at ?? acceptedAt;
  const recovery = recoveryOf(held, { acceptedAt, since, standsInLine: false }, lane, deps);
  switch (recovery.kind) {
    case 'later':
      return await write(lane, { ...state, dueAt: recovery.at }, deps);
    case 'pass-turn': {
      const move = await releaseTurn(held, newest?.state ?? 'pending', deps);
      const note = { what: 'released', actor: 'sweeper', reason: 'the hold is over' } as const;
      const noted = recovery.released ? [deps.ledger.notePut(key, note)] : [];
      if ((await deps.lanes.commit([...move.items, ...noted])) === 'moved') return 'again';
      await keepPromise(held.laneName, move, deps);
      return 'moved';
    }
    case 'send': {
      const one = { pk: key, sk: eventSortKey, acceptedAt: acceptedAt.toISOString() };
      return await send([one], { entry, generation: newest?.generation ?? 0 }, lane, state, deps);
    }
  }
}

interface Waited {
  readonly acceptedAt: Date;
  readonly since: Date;
  readonly standsInLine: boolean;
}

function recoveryOf(
  { newest, rules }: EventInLane,
  { acceptedAt, since, standsInLine }: Waited,
  lane: Lane | undefined,
  { now, visibilityTimeoutSeconds }: SweepRun,
): Recovery {
  const until = sentUntil(lane?.sent, { entry: newest?.number ?? 0, acceptedAt });
  return decideRecovery(
    { newest, since, lane, rules, visibilityTimeoutSeconds, standsInLine, sentUntil: until },
    now(),
  );
}

async function checkFirst(
  lane: Lane | undefined,
  before: LaneState,
  sourceName: string,
  source: Source,
  deps: SweepRun,
): Promise<Step> {
  const isGap = lane !== undefined && lane.waiting > 0;
  const gapUntil = isGap ? await gapEnd(lane, deps) : undefined;
  const state = { ...before, gapUntil };
  const gapDue = isGap ? (gapUntil ?? after(deps.now(), minuteSeconds)) : undefined;
  if (state.watchFrom === undefined) return await write(lane, { ...state, dueAt: gapDue }, deps);

  const found = await firstUnfinished(state.lane, state.watchFrom, deps);
  const now = deps.now();
  if (found.kind === 'all-at-rest')
    return await write(lane, { ...state, watchFrom: undefined, dueAt: gapDue }, deps);
  if (found.kind === 'go-on') {
    return await write(lane, { ...state, watchFrom: found.from, dueAt: after(now, minuteSeconds) }, deps);
  }

  const { event, freeSince } = found;
  const first = await readEventInLane(event.pk, sourceName, source, deps);
  const { newest } = first;
  const acceptedAt = new Date(event.acceptedAt);
  const since = freeSince && freeSince > acceptedAt ? freeSince : acceptedAt;
  const entry = newest?.number ?? 0;
  const standsInLine = newest === undefined && deps.standsInLine(state.lane, acceptedAt);
  const recovery = recoveryOf(first, { acceptedAt, since, standsInLine }, lane, deps);
  const watched = { ...state, watchFrom: acceptedAt };
  switch (recovery.kind) {
    case 'later':
      return await write(lane, { ...watched, dueAt: sooner(recovery.at, gapDue) }, deps);
    case 'pass-turn':
      // It has come to rest between the two reads.
      return await write(lane, { ...watched, dueAt: after(now, minuteSeconds) }, deps);
    case 'send': {
      const generation = newest?.generation ?? 0;
      // What has begun takes the turn with it, so that nothing that arrives meanwhile runs before it.
      if (newest)
        return await send([event], { entry, generation }, lane, { ...watched, turn: event.pk }, deps);
      const behind = await notBegunBehind(state.lane, event, deps);
      return await send([event, ...behind], { entry, generation }, lane, watched, deps);
    }
  }
}

/** When the time of the first event that waits in a gap is over; read anew where the event that set it has left the gap. */
async function gapEnd({ lane, gapUntil }: Lane, deps: SweepRun): Promise<Date | undefined> {
  if (gapUntil && gapUntil > deps.now()) return gapUntil;
  let end: Date | undefined;
  for await (const { until } of deps.lanes.waiting(lane)) end = sooner(end, until);
  return end;
}

async function send(
  events: readonly Indexed[],
  version: EntryVersion,
  lane: Lane | undefined,
  state: LaneState,
  deps: SweepRun,
): Promise<Step> {
  const sent = await sendAgain(events, version, state.lane, lane?.sent, deps);
  return await write(lane, { ...state, sent, dueAt: checkAgainAt(sent.at, sent.at) }, deps);
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
