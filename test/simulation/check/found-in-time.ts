import * as z from 'zod';
import { laneGroup } from '../../../functions/lane/lane-group.ts';
import { isAtRest, needsRepair } from '../../../functions/ledger/entry.ts';
import { begunWithinSeconds, checkAgainAt } from '../../../functions/sweeper/decide-recovery.ts';
import { ledgerTable, stateTable } from '../composition.ts';
import { vandal } from '../damage.ts';
import type { FactOf, History } from '../history.ts';
import {
  firstRest,
  isFinalEntry,
  itemOf,
  laneOf,
  laneWrites,
  newestAt,
  type Placed,
  type SentMessage,
  type Stories,
  type Story,
} from './stories.ts';
import type { Violation } from './violation.ts';
import { limitMs, watchedTimeOf, type IsWatched } from './watched-time.ts';

/** G8: what is lost while the sweeper runs is found within five minutes, whatever the queue holds. */
export function checkFoundInTime(stories: Stories): readonly Violation[] {
  const isWatchedOf = watchedTimeOf(stories);
  const intact = [...stories.lanes.values()].flat();
  return [
    ...intact.flatMap((story) => [
      ...storedIsQueued(story, stories, isWatchedOf(story.source)),
      ...reopenedIsSent(story, stories, isWatchedOf(story.source)),
      ...retriedWhenDue(story, isWatchedOf(story.source)),
      ...fewSpares(story, stories),
    ]),
    ...purgedIsFound(stories, isWatchedOf),
    ...lanesMoveOn(stories, isWatchedOf),
    ...promisesAreWatched(stories),
  ];
}

const isLater = (than: Placed, untilMs: number) => (one: Placed) =>
  one.index > than.index && one.at <= untilMs;

function storedIsQueued(story: Story, stories: Stories, isWatched: IsWatched): readonly Violation[] {
  const { event, stored, sent, entries } = story;
  const [first] = stored;
  if (!first || isBehindSweeper(first) || hasEndedBefore(story, first)) return [];
  const from = freeFrom(story, Math.max(first.at, standingBefore(story, first, stories)), stories);
  const expired = stories.history.of('expired').find((fact) => fact.event === event)?.at ?? Infinity;
  if (!isWatched(from) || expired <= from + limitMs) return [];
  if ([...sent, ...entries].some(isLater(first, from + limitMs))) return [];
  return [{ guarantee: 'G8', what: 'an event was stored and not queued for five minutes', details: event }];
}

/**
 * Stored when the sweeper may have read its minute already: the process was frozen in between, for longer than a function may run. Whoever sent it has
 * not been answered, and comes again.
 */
const isBehindSweeper = ({ at, item }: Story['stored'][number]): boolean =>
  at - Date.parse(String(item['acceptedAt'])) > begunWithinSeconds * 1000;

/** A message put by hand came before its event: that had failed for want of a body, and is on the attention list. */
const hasEndedBefore = (story: Story, { index }: Placed): boolean => {
  const newest = newestAt(story, index);
  return newest !== undefined && isAtRest(newest.entry.state);
};

/** When the lane was its own: while another has it one before it may be put back, and take it. */
function freeFrom(story: Story, from: number, stories: Stories): number {
  const next = turnsOver(story, putBackBefore(story, from, stories), stories);
  return next === from ? from : freeFrom(story, next, stories);
}

const minuteMs = 60_000;

/**
 * When the last of the events before it came to rest that were on their way. Those that are lost themselves are sent together with it, unless one
 * that is on its way stands between: then it is found at the look after they have come to rest, which are the rarer the longer they stand.
 */
function standingBefore(story: Story, first: Placed, stories: Stories): number {
  const { onTheirWay = [], lost = [] } = Object.groupBy(earlierOfItsLane(story, stories), (other) => {
    const isSent = other.sent.some(({ actor }) => !actor.startsWith('sweeper'));
    return isSent || (other.entries[0]?.at ?? Infinity) < first.at + 3 * minuteMs ? 'onTheirWay' : 'lost';
  });
  const rests = onTheirWay.map((other) => firstRest(other)?.at ?? Infinity);
  const looks = onTheirWay.length > 0 ? lost.map(lookedBehindAt) : [];
  return Math.max(-Infinity, ...rests, ...looks);
}

/** Five minutes before it is looked at what stands behind one that was sent again, after it came to rest. */
function lookedBehindAt(story: Story): number {
  const rest = firstRest(story)?.at;
  if (rest === undefined) return -Infinity;
  const looked = checkAgainAt(new Date(placeOf(story).acceptedAt), new Date(rest));
  return looked.getTime() - 5 * minuteMs;
}

/** Those that were stored before it, and those that the clock of their function has put before it, or beside it: the sweeper goes by that one. */
function earlierOfItsLane(story: Story, { lanes }: Stories): readonly Story[] {
  const place = placeOf(story);
  return (lanes.get(laneOf(story)) ?? []).filter((other) => {
    const { index, acceptedAt } = placeOf(other);
    return other !== story && (index < place.index || acceptedAt <= place.acceptedAt);
  });
}

const placeOf = ({ stored: [first] }: Story) => ({
  index: first?.index ?? Infinity,
  acceptedAt: Date.parse(String(first?.item['acceptedAt'])),
});

/** One before it that is put back stands before it again. */
function putBackBefore(story: Story, from: number, stories: Stories): number {
  const rests = earlierOfItsLane(story, stories).flatMap(({ entries }) =>
    entries.flatMap(({ entry, index, at }) => {
      if (entry.state !== 'reopened' || at > from + limitMs) return [];
      return entries.find((later) => later.index > index && isAtRest(later.entry.state))?.at ?? Infinity;
    }),
  );
  return Math.max(from, ...rests);
}

/** When the lane is not on its way with another event any more: it is the event's own, or stands still, and what is lost behind is sent to park. */
function turnsOver(story: Story, from: number, stories: Stories): number {
  const writes = laneWrites(laneOf(story), stories);
  let free = from;
  writes.forEach(({ after, at }, place) => {
    const until = writes[place + 1]?.at ?? Infinity;
    const isTaken = after?.turn !== undefined && after.turn !== story.event;
    if (isTaken && at < free + limitMs && until > free)
      free = Math.max(free, stillSince(writes.slice(place), stories) ?? until);
  });
  return free;
}

/** Since when a lane stands still as it was first written here; undefined: its turn is on an event that is on its way, or soon will be. */
function stillSince(
  [write, ...later]: readonly FactOf<'written'>[],
  { events }: Stories,
): number | undefined {
  const turn = write?.after?.turn;
  const entries = events.get(String(turn))?.entries ?? [];
  const newest = entries.findLast(({ at }) => at <= (write?.at ?? 0));
  const { entry } = newest ?? {};
  const isParked = entry?.state === 'retrying' && entry.parked === true;
  const isStill = entry && (needsRepair(entry.state) || isParked || write?.after?.atGate !== undefined);
  if (!newest || !isStill) return undefined;
  const ends = [
    entries.find(({ index }) => index > newest.index)?.at,
    later.find(({ after }) => after?.turn !== turn)?.at,
  ];
  // A lane that moves on within that time is looked at anew then.
  return Math.min(...ends.map((end) => end ?? Infinity)) - newest.at < limitMs ? undefined : newest.at;
}

function reopenedIsSent(story: Story, stories: Stories, isWatched: IsWatched): readonly Violation[] {
  const { event, entries, sent } = story;
  return entries.flatMap((written): Violation[] => {
    if (written.entry.state !== 'reopened') return [];
    const from = turnsOver(story, firstOfItsLane(story, written.at, stories), stories);
    // Behind another that was sent, the lane is looked at five minutes after that, to the minute.
    const within = from > written.at ? limitMs + minuteMs : limitMs;
    if (!isWatched(from, within) || [...sent, ...entries].some(isLater(written, from + within))) return [];
    const what = 'an event was put back and not queued for five minutes';
    return [{ guarantee: 'G8', what, details: event }];
  });
}

/** When nothing of its lane that was accepted before it is on its way any more: of a lane the sweeper sends one after the other. */
function firstOfItsLane(story: Story, from: number, stories: Stories): number {
  let free = from;
  for (const other of earlierOfItsLane(story, stories)) {
    const newest = other.entries.findLast(({ at }) => at <= from + limitMs);
    if (newest && isAtRest(newest.entry.state) && newest.at <= from) continue;
    free = Math.max(
      free,
      other.entries.find(({ entry, at }) => at > from && isAtRest(entry.state))?.at ?? Infinity,
    );
  }
  return free;
}

/** From when a long delay is over to the run of the sweeper that sends the event, to the minute. */
const dueMs = 2 * minuteMs + 15_000;

function retriedWhenDue(story: Story, isWatched: IsWatched): readonly Violation[] {
  const { event, entries, sent } = story;
  return entries.flatMap((written): Violation[] => {
    const { entry } = written;
    if (entry.state !== 'retrying' || entry.parked !== true) return [];
    const dueAt = entry.nextAt.getTime();
    if (!isWatched(dueAt, dueMs)) return [];
    if ([...sent, ...entries].some(isLater(written, dueAt + dueMs))) return [];
    return [{ guarantee: 'G8', what: 'a long delay was over and the event not sent', details: event }];
  });
}

/** What an operator threw out of the lane queue is sent again, where no sweeper had to send it before. */
function purgedIsFound(stories: Stories, isWatchedOf: (source: string) => IsWatched): readonly Violation[] {
  const violations: Violation[] = [];
  stories.history.facts.forEach((fact, index) => {
    if (fact.kind !== 'purged' || fact.queue !== 'lanes') return;
    for (const { content } of fact.messages) {
      const story = content.kind === 'lane' ? stories.events.get(content.event) : undefined;
      const lane = story && stories.lanes.get(laneOf(story));
      if (!story || !lane || story.stored.length === 0) continue;
      const newest = newestAt(story, index);
      if (newest && newest.entry.state !== 'reopened') continue;
      const isAlone = lane.every(
        (other) => other === story || isAtRestSince(index, fact.at + limitMs, other),
      );
      const wasSwept = story.sent.some(
        ({ actor, at }) => actor.startsWith('sweeper') && at < fact.at + limitMs,
      );
      const from = { index, at: fact.at };
      if (!isAlone || wasSwept || !isWatchedOf(story.source)(from.at)) continue;
      if ([...story.sent, ...story.entries].some(isLater(from, from.at + limitMs))) continue;
      violations.push({
        guarantee: 'G8',
        what: 'a message was thrown away and the event not sent for five minutes',
        details: story.event,
      });
    }
  });
  return violations;
}

/** Nothing of it is in flight from then until that time. */
function isAtRestSince(index: number, until: number, story: Story): boolean {
  const newest = newestAt(story, index);
  return (
    newest !== undefined &&
    story.entries.every(
      (written) => written.index < newest.index || written.at > until || isAtRest(written.entry.state),
    )
  );
}

/** Between two messages that the sweeper sends of one event in one place of its life: an hour. */
const spareMs = 58 * minuteMs;

/** Of a LANE: what was sent of its head, or of one behind it, at which of its entries; where that had begun, it is the one of this time. */
const sentMemory = z.object({ entry: z.number(), upTo: z.string() });

function fewSpares(story: Story, { history, died }: Stories): readonly Violation[] {
  const { event, entries, sent } = story;
  const turns = history.of('written').filter(({ sk, after, before }) => {
    const isThrough = before?.atGate !== undefined && after?.atGate === undefined;
    return sk === 'LANE' && after?.turn === event && (before?.turn !== event || isThrough);
  });
  // A message that follows a turn which the sweeper itself has handed over is its first one, and no spare. What the LANE says was sent may be those behind.
  const isHandedOver = (message: SentMessage) =>
    turns.some(
      ({ actor, at, after }) =>
        actor === message.actor && at <= message.at && after !== undefined && !wasSent(after.sent, message),
    );
  const wasSent = (memory: unknown, { index }: SentMessage) => {
    const { entry, upTo } = sentMemory.safeParse(memory).data ?? {};
    const isSame = entry === 0 || upTo === itemOf(story)?.acceptedAt;
    return isSame && entry === (newestAt(story, index)?.entry.number ?? 0);
  };
  const bySweeper = sent.filter(
    (message) => message.isNew && message.actor.startsWith('sweeper') && !isHandedOver(message),
  );
  return bySweeper.flatMap((spare, place): Violation[] => {
    const earlier = bySweeper[place - 1];
    if (!earlier || spare.at - earlier.at >= spareMs || died.has(earlier.actor)) return [];
    // Of several messages one was refused: what was sent before it is written down nowhere.
    if (history.of('sweep-failed').some(({ actor }) => actor === earlier.actor)) return [];
    // Both were on their way at once, and the later one came when SQS had forgotten the earlier.
    if ((frozenAt(spare, history) ?? Infinity) <= earlier.at) return [];
    const decidedAt = decisionOf(earlier, history);
    const moved = entries.some(
      ({ index, at }) => (index > earlier.index || at > decidedAt) && index < spare.index,
    );
    const given = turns.some(({ at }) => at >= earlier.at && at <= spare.at);
    const thrown = history.of('purged').some(({ at }) => at >= earlier.at && at <= spare.at);
    if (moved || given || thrown) return [];
    const details = `${event}, after ${Math.round((spare.at - earlier.at) / 1000)} s`;
    return [{ guarantee: 'G8', what: 'an event was sent more than once in an hour', details }];
  });
}

/** From the read that a look decides by to its send, where nothing is frozen in between. */
const sendMs = 15_000;

/** A sweeper sends by what it had read before, and before it was frozen; what has become of the event meanwhile it does not know. */
const decisionOf = (message: SentMessage, history: History): number =>
  Math.min(frozenAt(message, history) ?? message.at, message.at - sendMs);

/** When its sender was frozen on its way to send it. */
const frozenAt = ({ actor, at }: SentMessage, history: History): number | undefined =>
  history.of('paused').find((pause) => pause.actor === actor && pause.at <= at && pause.until + sendMs >= at)
    ?.at;

/** A LANE item from one write of it to the next. */
interface Standing {
  readonly write: FactOf<'written'>;
  readonly index: number;
  readonly until: { readonly index: number; readonly at: number };
}

function standings({ history }: Stories): readonly Standing[] {
  const { facts } = history;
  const open = new Map<string, Standing>();
  const all: Standing[] = [];
  facts.forEach((fact, index) => {
    if (fact.kind !== 'written' || fact.table !== stateTable || fact.sk !== 'LANE') return;
    const before = open.get(fact.pk);
    if (before) all.push({ ...before, until: { index, at: fact.at } });
    const until = { index: Infinity, at: Infinity };
    open.set(fact.pk, { write: fact, index, until });
  });
  return [...all, ...open.values()].filter(
    ({ write }) => write.after !== undefined && write.actor !== vandal,
  );
}

function lanesMoveOn(stories: Stories, isWatchedOf: (source: string) => IsWatched): readonly Violation[] {
  const lanes = new Map([...stories.lanes.keys()].map((lane) => [`LANE#${laneGroup(lane)}`, lane]));
  return standings(stories).flatMap((standing): Violation[] => {
    const { turn, waiting, holdUntil, gapUntil } = standing.write.after ?? {};
    const lane = lanes.get(standing.write.pk);
    if (lane === undefined) return [];
    const holder = typeof turn === 'string' ? stories.events.get(turn) : undefined;
    const isWatched = isWatchedOf(lane.slice(0, lane.indexOf('#')));
    const found: (string | undefined)[] = [
      holder && handedOverUnsent(holder, standing, isWatched),
      holder && waiting !== 0 ? finalHolder(holder, standing, isWatched) : undefined,
      typeof holdUntil === 'string' && holder
        ? passedDeadline(Date.parse(holdUntil), holder, standing, isWatched)
        : undefined,
      typeof gapUntil === 'string' && waiting !== 0 && turn === undefined
        ? passedDeadline(Date.parse(gapUntil), holder, standing, isWatched)
        : undefined,
    ];
    return found.flatMap((what) => (what === undefined ? [] : [{ guarantee: 'G8', what, details: lane }]));
  });
}

/** The turn was given to an event that waited, and its message did not follow. */
function handedOverUnsent(
  holder: Story,
  { write, index }: Standing,
  isWatched: IsWatched,
): string | undefined {
  const isGiven = write.before?.turn !== holder.event && newestAt(holder, index)?.entry.state === 'waiting';
  // What waits at a gate was given nothing.
  if (!isGiven || write.after?.atGate !== undefined || !isWatched(write.at)) return undefined;
  const isFound = [...holder.sent, ...holder.entries].some(
    isLater({ index, at: write.at }, write.at + limitMs),
  );
  return isFound ? undefined : 'the turn was handed over and the message not sent for five minutes';
}

/** The turn is on an event that is final, and others wait. */
function finalHolder(holder: Story, { write, until }: Standing, isWatched: IsWatched): string | undefined {
  const final = holder.entries.find(isFinalEntry);
  if (!final || final.index > until.index) return undefined;
  const replayed = holder.entries.some(({ entry }) => entry.replay > 0);
  const from = Math.max(final.at, write.at);
  if (replayed || until.at <= from + limitMs || !isWatched(from)) return undefined;
  return 'the turn was lost on a final event for five minutes';
}

function passedDeadline(
  deadline: number,
  holder: Story | undefined,
  { index, until, write }: Standing,
  isWatched: IsWatched,
): string | undefined {
  const from = Math.max(deadline, write.at);
  if (until.at <= from + limitMs || !isWatched(from)) return undefined;
  const isResting = (at: number) => {
    const newest = holder && newestAt(holder, at);
    return holder === undefined || (newest !== undefined && isAtRest(newest.entry.state));
  };
  if (!isResting(index) || !isResting(until.index)) return undefined;
  return 'a deadline of a lane had passed for five minutes';
}

/**
 * An event that waits, that retries much later, or that was put back, has a lane that the sweeper will look at: its minute was read
 * long ago, and nobody else looks at it.
 */
function promisesAreWatched({ history, events, damaged }: Stories): readonly Violation[] {
  const states = new Map<
    string,
    { readonly isPromised: boolean; readonly state: string; readonly hasRested: boolean }
  >();
  /** With the event that holds the lane, where the lane is not due. */
  const watched = new Map<string, string | undefined>();
  const lanesOf = new Map<string, string[]>();
  const violations: Violation[] = [];
  const laneKeyOf = new Map(
    [...events.values()].map((story) => {
      const lane = laneOf(story);
      const pk = damaged.has(lane) ? undefined : `LANE#${laneGroup(lane)}`;
      if (pk) lanesOf.set(pk, [...(lanesOf.get(pk) ?? []), story.event]);
      return [story.event, pk];
    }),
  );
  for (const commit of Map.groupBy(history.of('written'), ({ commit }) => commit).values()) {
    const touched = new Set<string>();
    for (const { table, pk, sk, after, actor } of commit) {
      if (actor === vandal) continue;
      if (table === ledgerTable && sk.startsWith('LOG#')) {
        const state = String(after?.state);
        const hasRested = states.get(pk)?.hasRested === true || resting.has(state);
        const isPromised =
          state === 'waiting' ||
          (state === 'retrying' && after?.parked === true) ||
          (hasRested && !resting.has(state));
        states.set(pk, { isPromised, state, hasRested });
        touched.add(pk);
      } else if (sk === 'LANE') {
        const isDue = typeof after?.due === 'string' && typeof after.dueAt === 'string';
        // What waits behind an event that is held without an end waits for a person.
        const holder = typeof after?.turn === 'string' ? after.turn : undefined;
        if (isDue || (holder !== undefined && after?.holdUntil === undefined))
          watched.set(pk, isDue ? undefined : holder);
        else watched.delete(pk);
        for (const event of lanesOf.get(pk) ?? []) touched.add(event);
      }
    }
    for (const event of touched) {
      const lane = laneKeyOf.get(event);
      const { isPromised = false, state } = states.get(event) ?? {};
      if (!isPromised || lane === undefined) continue;
      const holder = watched.get(lane);
      if (watched.has(lane) && (holder === undefined || held.has(states.get(holder)?.state ?? ''))) continue;
      const what = 'nobody watches an event that waits, or was put back';
      violations.push({ guarantee: 'G8', what, details: `${event} is ${state}` });
    }
  }
  return violations;
}

const held: ReadonlySet<string> = new Set(['failed', 'quarantined']);
const resting: ReadonlySet<string> = new Set([
  'failed',
  'quarantined',
  'processed',
  'ignored',
  'superseded',
  'discarded',
  'resolved',
]);
