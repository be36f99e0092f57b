import type { Policy } from '../scenario.ts';
import {
  firstRest,
  firstStart,
  isFinalEntry,
  itemOf,
  laneOf,
  laneWrites,
  receivedBy,
  leaseEnd,
  newestAt,
  policiesOf,
  policyOf,
  sequenceOf,
  versionOf,
  type Acknowledgement,
  type SentMessage,
  type Stories,
  type Story,
  type WrittenEntry,
} from './stories.ts';
import { isAtRest } from '../../../functions/ledger/entry.ts';
import { compareVersions } from '../../../functions/lane/version.ts';
import type { Violation } from './violation.ts';

/** G3: the order in which events were acknowledged, or their source's own; one attempt of a lane at a time; a held lane waits. */
export function checkOrder(stories: Stories): readonly Violation[] {
  return [...stories.lanes.values()].flatMap((lane) => {
    const events = lane.filter(({ entries }) => entries.length > 0);
    if (events.length < 2) return [];
    const inLane: Lane = { events, stories };
    return [
      ...arrivalOrder(inLane),
      ...oneLeaseAtATime(inLane),
      ...holds(inLane),
      ...sequenceOrder(inLane),
      ...versionOrder(inLane),
      ...prerequisites(inLane),
    ];
  });
}

interface Lane {
  readonly events: readonly Story[];
  readonly stories: Stories;
}

const firstAcknowledged = ({ acknowledgements }: Story): Acknowledgement | undefined => acknowledgements[0];

/** A was acknowledged before B arrived: B does not begin until A has come to rest. */
function arrivalOrder(lane: Lane): readonly Violation[] {
  return lane.events.flatMap((a) =>
    lane.events.flatMap((b): Violation[] => {
      const acknowledged = firstAcknowledged(a);
      const [arrived] = b.arrivals;
      const started = firstStart(b);
      if (a === b || !acknowledged || !arrived || !started) return [];
      if (acknowledged.answered.index > arrived.index) return [];
      const rested = firstRest(a);
      if (rested && rested.index < started.index) return [];
      if (isExcused(a, b, started, lane)) return [];
      const newest = newestAt(a, started.index)?.entry.state ?? 'pending';
      const what = `an event began before an earlier one of its lane had come to rest (${newest})`;
      return [{ guarantee: 'G3', what, details: `${b.event} before ${a.event}` }];
    }),
  );
}

function isExcused(a: Story, b: Story, started: WrittenEntry, lane: Lane): boolean {
  return (
    sourceOrdersOtherwise(a, b, lane) ||
    waitsWithoutNumber(a, b, started) ||
    waitsForGap(a, turnGiven(b, started, lane), lane) ||
    wasByHand(b, started) ||
    wasParkedByHand(a, started) ||
    wasParkedByHand(b, started) ||
    wasPurged(a, started, lane) ||
    parkedAnew(a, started, lane) ||
    wasAway(a, started, lane)
  );
}

/** By the source's own numbers B comes first. */
function sourceOrdersOtherwise(a: Story, b: Story, { stories }: Lane): boolean {
  const hasSequence = policiesOf(stories, a.source).some(({ sequence }) => sequence !== undefined);
  const [first, second] = [sequenceOf(a), sequenceOf(b)];
  return hasSequence && first !== undefined && second !== undefined && second < first;
}

/** When it was decided that B is to begin: it was handed the turn, or it took it when it began. */
function turnGiven(b: Story, { at, index }: WrittenEntry, { stories }: Lane): number {
  const given = laneWrites(laneOf(b), stories).findLast(
    (write) => write.at <= at && write.before?.turn !== b.event,
  );
  return given?.after?.turn === b.event ? stories.history.facts.indexOf(given) : index;
}

/** A waits for what its source's rules want first, and not for its turn alone. */
function waitsForGap(a: Story, index: number, lane: Lane): boolean {
  const newest = newestAt(a, index)?.entry;
  if (newest?.state !== 'waiting') return false;
  if (newest.because !== undefined) return false;
  if (!newest.reason.startsWith('the turn is on')) return true;
  const counted = remembered(
    lane,
    index,
    ({ entry }, { sequence }) => sequence !== undefined && isAtRest(entry.state),
  );
  const hasCounted = (number: number) => counted.some((one) => sequenceOf(one) === number);
  return policiesOf(lane.stories, a.source).some(({ after = {}, sequence }) => {
    const lacksType = missingTypes(a, after, lane, index).length > 0;
    const number = sequenceOf(a);
    const lacksNumber =
      sequence === 'from-1' && number !== undefined && number > 1 && !hasCounted(number - 1);
    return lacksType || lacksNumber;
  });
}

/**
 * A purge let another one be in flight beside it. It was put back meanwhile, and could not have the turn: it waits in the place of its new
 * message.
 */
const parkedAnew = (a: Story, started: WrittenEntry, lane: Lane): boolean =>
  a.entries.some(({ entry, index }) => entry.state === 'reopened' && index < started.index) &&
  lane.events.some((one) => wasPurged(one, started, lane));

/** It came before its source numbered its events, and waits behind those that have a number. */
const waitsWithoutNumber = (a: Story, b: Story, { index }: WrittenEntry): boolean =>
  newestAt(a, index)?.entry.state === 'waiting' && sequenceOf(a) === undefined && sequenceOf(b) !== undefined;

/** An operator threw away the lane queue, with what its order rested on. */
function wasPurged(a: Story, started: WrittenEntry, { stories }: Lane): boolean {
  return stories.history.facts.some((fact, index) => {
    // What an operator threw out of the feeder or the dead-letter queue may have been a lane message that was led there.
    if (fact.kind !== 'purged' || index > started.index) return false;
    if (fact.queue === 'lanes') return a.sent.some((sent) => sent.index < index);
    return fact.messages.some(({ content }) => content.kind === 'lane' && content.event === a.event);
  });
}

/** Begun by a message that an operator had put into a queue, or moved there: it stood in no line with the others of its lane. */
function wasByHand(story: Story, { actor }: WrittenEntry): boolean {
  const received = story.receives.find((receive) => receive.actor === actor);
  const isOurs = story.sent.some(
    (one) => one.messageId === received?.messageId && one.actor !== 'an operator' && !isAhead(one, story),
  );
  return received !== undefined && !isOurs;
}

/** A message of a generation that there was not yet: an operator had put it into the feeder, from which it was led here. */
const isAhead = ({ content, index }: SentMessage, story: Story): boolean =>
  content.kind === 'lane' && content.generation > (newestAt(story, index)?.entry.generation ?? 0);

/** Its place among those that wait is that of the message by which it parked first. */
function wasParkedByHand(a: Story, started: WrittenEntry): boolean {
  const parked = a.entries.find(({ entry }) => entry.state === 'waiting');
  return parked !== undefined && parked.index < started.index && wasByHand(a, parked);
}

/** The source of A was out of the configuration when its message came, once at least: it lies in the dead-letter queue, or is sent again. */
function wasAway(a: Story, started: WrittenEntry, { stories }: Lane): boolean {
  return a.receives.some(({ actor, index }) => {
    return actor !== undefined && index < started.index && policyOf(stories, actor, a.source) === undefined;
  });
}

/** While an attempt holds a lease no other event of its lane begins. */
function oneLeaseAtATime(inLane: Lane): readonly Violation[] {
  const { events, stories } = inLane;
  return events.flatMap((b) =>
    b.entries.flatMap((begun): Violation[] => {
      // Written too late by a worker that was ended meanwhile: it held nothing, and ran nothing.
      if (begun.entry.state !== 'processing' || leaseEnd(stories, begun) <= begun.at) return [];
      const holder = events.find((a) => {
        const newest = newestAt(a, begun.index);
        if (a === b || newest?.entry.state !== 'processing') return false;
        const isPurged = wasPurged(a, begun, inLane) || wasPurged(b, begun, inLane);
        const isByHand = wasByHand(a, newest) || wasByHand(b, begun);
        const isAway = wasAway(a, begun, inLane) || wasAway(b, begun, inLane);
        const isLoose = isPurged || isByHand || isAway;
        return leaseEnd(stories, newest) > begun.at && !isLoose;
      });
      if (!holder) return [];
      const what = 'two events of a lane held a lease at once';
      return [{ guarantee: 'G3', what, details: `${holder.event} and ${b.event}` }];
    }),
  );
}

/** Where the source holds, nobody begins while an event rests that is not final, until it is repaired or released. */
function holds(lane: Lane): readonly Violation[] {
  const { events, stories } = lane;
  return events.flatMap((a) =>
    a.entries.flatMap((rested): Violation[] => {
      const { entry, actor, index } = rested;
      const policy = policyOf(stories, actor, a.source);
      if (policy?.onExhausted !== 'hold') return [];
      if (entry.state !== 'failed' && entry.state !== 'quarantined') return [];
      // It never was in its lane: nothing was there of it but a message.
      if (entry.number === 1 && entry.lane === undefined) return [];
      const endsAt = holdEnd(a, index);
      const passed = events.flatMap((b) => {
        const from = standsBefore(b, a, rested, stories) ? placeEnd(b, index) : index;
        return b.entries.filter((begun) => {
          const isIn = begun.entry.state === 'processing' && begun.index > from && begun.index < endsAt;
          if (b === a || !isIn) return false;
          // A purge let both be in flight at once, and this one had looked at the lane before.
          const wasInFlight = wasPurged(a, rested, lane) && receivedBy(b, begun) < index;
          return !wasInFlight && !wasPurged(b, begun, lane);
        });
      });
      if (passed.length === 0) return [];
      const what = `a follower began while the head of its lane was ${entry.state} and held`;
      return [{ guarantee: 'G3', what, details: `${a.event}, entry ${entry.number}` }];
    }),
  );
}

/**
 * By its end, by a release, by its next rest, which holds in its own right or, where the source holds no more, not at all; or when it is
 * put back and its handler lets others of the lane go first.
 */
function holdEnd(a: Story, from: number): number {
  const rested = a.entries.find(
    (written) => written.index > from && (isAtRest(written.entry.state) || asksToWait(written)),
  );
  return Math.min(rested?.index ?? Infinity, releasedAt(a, from));
}

const asksToWait = ({ entry }: WrittenEntry): boolean => 'needs' in entry && entry.needs !== undefined;

const releasedAt = ({ notes }: Story, from: number): number =>
  notes.find(({ note, index }) => index > from && note.what === 'released')?.index ?? Infinity;

/** A failed while B, which was in flight beside it, had the turn or was to hold the lane before it: both cannot come first. */
function standsBefore(b: Story, a: Story, { commit, index }: WrittenEntry, stories: Stories): boolean {
  const turn = stories.history.of('written').find((fact) => fact.commit === commit && fact.sk === 'LANE')
    ?.after?.turn;
  if (turn === undefined || turn === a.event) return false;
  return (
    turn === b.event ||
    b.entries.some((rested) => {
      const isHeld = rested.entry.state === 'failed' || rested.entry.state === 'quarantined';
      const holds = policyOf(stories, rested.actor, b.source)?.onExhausted === 'hold';
      return isHeld && holds && rested.index < index && holdEnd(b, rested.index) > index;
    })
  );
}

/** When it is final, released, or lets others go first, and so no longer stands before those that failed meanwhile. */
function placeEnd(b: Story, from: number): number {
  const newest = newestAt(b, from);
  if (newest && isFinalEntry(newest)) return from;
  const over = b.entries.find(
    (written) => written.index > from && (isFinalEntry(written) || asksToWait(written)),
  );
  return Math.min(over?.index ?? Infinity, releasedAt(b, from));
}

/** The rules of a source, where they were the same all along. */
function constant<T>(stories: Stories, source: string, of: (policy: Policy) => T): T | undefined {
  const values = policiesOf(stories, source).map(of);
  return values.every((value) => JSON.stringify(value) === JSON.stringify(values[0])) ? values[0] : undefined;
}

/** Whether by then a gap of the lane had ended: run on, failed for it, or released by an operator. */
const gapHadEnded = (events: readonly Story[], index: number): boolean =>
  events.some(
    ({ notes, entries }) =>
      notes.some((written) => written.note.what === 'released' && written.index < index) ||
      entries.some((written) => {
        const { entry } = written;
        const isGap = entry.state === 'failed' && (entry.cause === 'gap' || entry.cause === 'body-expired');
        return isGap && written.index < index;
      }),
  );

/** An event begins when every lower number that is known or due has come to rest. */
function sequenceOrder(inLane: Lane): readonly Violation[] {
  const { events, stories } = inLane;
  const [any] = events;
  const rule = any && constant(stories, any.source, ({ sequence }) => sequence ?? 'none');
  if (rule === undefined || rule === 'none') return [];
  const firstNumber = rule === 'from-1' ? 1 : firstSeen(events);
  return events.flatMap((b): Violation[] => {
    const number = sequenceOf(b);
    const started = firstStart(b);
    if (number === undefined || !started || gapHadEnded(events, started.index)) return [];
    // An open lane counts from what is seen first: an event that the queue has lost is seen later.
    const isUnseen = (a: Story) => wasPurged(a, started, inLane) || wasAway(a, started, inLane);
    if (rule === 'first-seen' && events.some(isUnseen)) return [];
    for (let lower = firstNumber; lower < number; lower++) {
      if (events.some((a) => sequenceOf(a) === lower && isOver(a, started.index))) continue;
      const what = 'an event began before a lower number of its sequence';
      return [{ guarantee: 'G3', what, details: `${b.event} (${number}) before number ${lower}` }];
    }
    return [];
  });
}

const isOver = (story: Story, index: number): boolean => (firstRest(story)?.index ?? Infinity) < index;

/** The number that the lane counts from: that of the event which began, or ended, before any other. */
function firstSeen(events: readonly Story[]): number {
  const [first] = events
    .flatMap((story) => {
      const hasBegun = firstStart(story) !== undefined;
      // What an operator gave up before it had begun, the lane has not seen.
      const begun = story.entries.find(
        (written) =>
          written.entry.state === 'processing' ||
          (isFinalEntry(written) && (hasBegun || written.entry.state !== 'discarded')),
      );
      return begun ? [{ number: sequenceOf(story) ?? 0, index: begun.index }] : [];
    })
    .sort((a, b) => a.index - b.index);
  return first?.number ?? 0;
}

/** Nothing runs that is older than what was processed, but for a replay. */
function versionOrder(inLane: Lane): readonly Violation[] {
  const { events, stories } = inLane;
  const [any] = events;
  if (!any || constant(stories, any.source, ({ version }) => version === true) !== true) return [];
  return events.flatMap((b) =>
    b.entries.flatMap((begun): Violation[] => {
      const { entry, index } = begun;
      const version = versionOf(b);
      if (entry.state !== 'processing' || entry.replay > 0 || version === undefined) return [];
      const isLoose = wasPurged(b, begun, inLane) || wasByHand(b, begun);
      const newer = events.find((a) => {
        const other = versionOf(a);
        if (a === b || other === undefined || compareVersions(other, version) <= 0) return false;
        return a.entries.some((written) => {
          // An operator let both be in flight at once, and this one had looked at the lane before.
          const wereTogether = isLoose || wasPurged(a, begun, inLane) || wasByHand(a, written);
          const since = wereTogether ? receivedBy(b, begun) : index;
          return written.entry.state === 'processed' && written.index < since;
        });
      });
      if (!newer) return [];
      const what = 'an event ran although a newer version had been processed';
      return [{ guarantee: 'G3', what, details: `${b.event} after ${newer.event}` }];
    }),
  );
}

/** An event begins when one of each type that it needs is final or given up, or its wait was ended. */
function prerequisites(lane: Lane): readonly Violation[] {
  const { events, stories } = lane;
  const [any] = events;
  const after = any && constant(stories, any.source, (policy) => policy.after);
  if (!after) return [];
  return events.flatMap((b): Violation[] => {
    const started = firstStart(b);
    if (!started || waitWasEnded(b, started.index)) return [];
    const missing = missingTypes(b, after, lane, started.index).filter(
      (type) => !wasGivenUp(type, b, started.index, after, lane),
    );
    if (missing.length === 0) return [];
    const what = 'an event began before a type that it needs';
    return [{ guarantee: 'G3', what, details: `${b.event} without ${missing.join(', ')}` }];
  });
}

/** Another event was run on without that type while this one was parked, be it for its number: that counts for both (D-044). */
function wasGivenUp(
  type: string,
  b: Story,
  before: number,
  after: NonNullable<Policy['after']>,
  lane: Lane,
): boolean {
  return lane.events.some((a) =>
    a.notes.some(({ note, index }) => {
      const wait = newestAt(a, index - 1)?.entry;
      if (note.what !== 'released' || index >= before || wait?.state !== 'waiting') return false;
      const needs = wait.needs ?? missingTypes(a, after, lane, index);
      return needs.includes(type) && newestAt(b, index)?.entry.state === 'waiting';
    }),
  );
}

/** Run on although something is missing, or failed for it: a redrive then runs it. */
const waitWasEnded = ({ notes, entries }: Story, index: number): boolean =>
  notes.some((written) => written.note.what === 'released' && written.index < index) ||
  entries.some(({ entry, index: at }) => entry.state === 'failed' && entry.cause === 'gap' && at < index);

/** The types that it needs, and of which its lane does not remember that they became final. */
function missingTypes(
  story: Story,
  after: NonNullable<Policy['after']>,
  lane: Lane,
  before: number,
): readonly string[] {
  const isDone = (type: string) =>
    remembered(lane, before, (written, { after: by = {} }) => {
      return isFinalEntry(written) && Object.values(by).some((types) => types.includes(type));
    }).some((a) => itemOf(a)?.type === type);
  return (after[String(itemOf(story)?.type)] ?? []).filter((type) => !isDone(type));
}

/** A lane remembers of its events what counted by the rules of then, and not what a rule counts that was added later. */
function remembered(
  { events, stories }: Lane,
  before: number,
  counts: (written: WrittenEntry, by: Policy) => boolean,
): readonly Story[] {
  return events.filter(({ entries, source }) =>
    entries.some((written) => {
      const by = policyOf(stories, written.actor, source);
      return written.index < before && by !== undefined && counts(written, by);
    }),
  );
}
