import {
  itemOf,
  laneOf,
  laneWrites,
  newestAt,
  type Letter,
  type Stories,
  type Story,
  type WrittenEntry,
} from './stories.ts';
import type { FactOf, History } from '../history.ts';
import { isOpen, laneSchema, type Lane } from '../../../functions/lane/lane.ts';
import { isAtRest, needsRepair } from '../../../functions/ledger/entry.ts';
import type { Violation } from './violation.ts';
import { limitMs, watchedTime, type IsWatched } from './watched-time.ts';

const minuteMs = 60_000;

/** Dead letters: each event that failed has one, they move back what failed and nothing else, and they go when the event has moved on. */
export function checkLetters(stories: Stories, searched: number | undefined): readonly Violation[] {
  const isWatched = watchedTime(stories);
  const intact = [...stories.lanes.values()].flat();
  return [
    ...intact.flatMap((story) => [
      ...restsHaveLetters(story, stories, isWatched),
      ...notedLettersArrive(story, stories),
    ]),
    // Where so little of the dead-letter queue is searched, the sweeper takes what it sees for all there is.
    ...(searched === undefined ? intact.flatMap((story) => oldLettersGo(story, isWatched)) : []),
    ...movesRedrive(stories),
    ...junkIsKept(stories),
    ...queueHoldsWork(stories),
  ];
}

/** What a letter takes through the feeder, where a poller sits on it or its one receive is lost. */
const feederMs = 75_000;

/** By when a letter has come through the feeder. While nobody reaches the queue, neither a poller nor SQS takes it further. */
function throughFeeder(from: number, history: History): number {
  return history
    .of('outage')
    .filter(({ what }) => what === 'queue')
    .reduce((by, { at, until }) => {
      return at < by && until > from ? by + until - Math.max(at, from) : by;
    }, from + feederMs);
}

function restsHaveLetters(
  { event, entries, letters, notes }: Story,
  { history }: Stories,
  isWatched: IsWatched,
): readonly Violation[] {
  return entries.flatMap(({ entry, at }, place): Violation[] => {
    if (!needsRepair(entry.state)) return [];
    const until = throughFeeder(at + limitMs, history);
    const movedOn = entries[place + 1]?.at ?? Infinity;
    if (movedOn <= until || !isWatched(at, until - at)) return [];
    const isOf = ({ content, at: seen }: Letter) => content.entry === entry.number && seen <= until;
    const isNoted = notes.some(({ note, at: noted }) => letterOf(note) === entry.number && noted <= until);
    // For five minutes SQS drops a second letter, whatever an operator has done to the first.
    const isThrownAway = history.of('purged').some((purge) => purge.at >= at && purge.at <= until);
    if (isNoted || isThrownAway || letters.deadLettered.some(isOf)) return [];
    const what = 'an event failed and has no dead letter after five minutes';
    return [{ guarantee: 'G7', what, details: `${event}, entry ${entry.number}` }];
  });
}

/** What the first meeting with a letter leaves to SQS lies in the dead-letter queue then. */
function notedLettersArrive(
  { event, entries, letters, notes }: Story,
  { history }: Stories,
): readonly Violation[] {
  const endAt = history.facts.at(-1)?.at ?? 0;
  return notes.flatMap(({ note, at }): Violation[] => {
    const entry = letterOf(note);
    const until = throughFeeder(at, history);
    if (entry === undefined || until > endAt) return [];
    const isThere = letters.deadLettered.some(({ messageId }) => messageId === note.messageId);
    const isMovedOn = entries.some((later) => later.entry.number > entry && later.at <= until);
    const isThrownAway = history.of('purged').some((purge) => purge.at >= at - feederMs && purge.at <= until);
    // Nobody of ours names an entry that is still to come. The letter says nothing then, and is gone when it would.
    const namedAt = entries.find(({ entry: named }) => named.number === entry)?.at ?? 0;
    const isForged = letters.received.some((met) => met.messageId === note.messageId && met.at < namedAt);
    if (isThere || isMovedOn || isThrownAway || isForged) return [];
    const what = 'a letter was noted and did not come to the dead-letter queue';
    return [{ guarantee: 'G7', what, details: `${event}, entry ${entry}` }];
  });
}

function letterOf({ sk }: Readonly<Record<string, unknown>>): number | undefined {
  return typeof sk === 'string' && sk.startsWith('LETTER#') ? Number(sk.slice('LETTER#'.length)) : undefined;
}

const goneMs = 10 * minuteMs + 45_000;

/** Its depth means work: what an event has left behind is taken out. Letters that were put there by hand nobody knows of. */
function oldLettersGo({ event, entries, letters }: Story, isWatched: IsWatched): readonly Violation[] {
  return letters.deadLettered.flatMap((letter): Violation[] => {
    const { content, messageId, index, at } = letter;
    if (content.copy === byHand) return [];
    const left = letters.left.find((one) => one.messageId === messageId && one.index > index)?.at ?? Infinity;
    const moved = entries.find(({ entry }) => entry.number > content.entry)?.at;
    if (moved === undefined) return [];
    const from = Math.max(at, moved);
    if (left <= from + goneMs || !isWatched(from, goneMs)) return [];
    const what = 'a letter of an event that had moved on stayed in the dead-letter queue';
    return [{ guarantee: 'G8', what, details: `${event}, entry ${content.entry}, ${messageId}` }];
  });
}

const byHand = 'by-hand';

/** In a healed world, a letter that is moved back runs its event, and those of one lane in their order. */
function movesRedrive(stories: Stories): readonly Violation[] {
  const { history } = stories;
  const healed = history.facts.findIndex(({ kind }) => kind === 'healed');
  return history.facts.flatMap((fact, index): Violation[] => {
    if (fact.kind !== 'moved' || index < healed || fact.isInParts) return [];
    return [...Map.groupBy(redriven(fact, index, stories), ({ lane }) => lane).values()].flatMap((lane) => [
      ...lane.flatMap(({ story, next, number }): Violation[] => {
        if (next && next.at <= fact.at + 3 * minuteMs) return [];
        const what = 'a letter that was moved back did not run its event';
        return [{ guarantee: 'G7', what, details: `${story.event}, entry ${number}` }];
      }),
      ...lane
        .filter((one) => !isByHand(fact, one) && hadItsLane(one))
        .flatMap(({ story, next }, place, ours): Violation[] => {
          const before = ours[place - 1];
          const isBySqs = next?.entry.actor === 'sqs' && before?.next?.entry.actor === 'sqs';
          if (!isBySqs || next.index > before.next.index) return [];
          const what = 'a move of dead letters did not keep the order of their lane';
          return [{ guarantee: 'G3', what, details: `${story.event} before ${before.story.event}` }];
        }),
    ]);
  });
}

/** What an operator put there has a message group of its own, and stands in no order: it may run its event before another letter of that does. */
const isByHand = ({ letters }: FactOf<'moved'>, { story }: Redriven): boolean =>
  letters.some(
    ({ content }) => content.kind === 'letter' && content.event === story.event && content.copy === byHand,
  );

/** One that failed before it was stored, by a message that came before it, had no lane: its letter stands in no order either. */
const hadItsLane = ({ story: { stored, entries }, number }: Redriven): boolean => {
  const failed = entries.find(({ entry }) => entry.number === number);
  return (stored[0]?.index ?? Infinity) < (failed?.index ?? Infinity);
};

interface Redriven {
  readonly story: Story;
  readonly lane: string;
  readonly number: number;
  readonly next: WrittenEntry | undefined;
}

/** Of the letters that are moved, those whose events have to run. */
function redriven(
  { letters, at, destination }: FactOf<'moved'>,
  index: number,
  stories: Stories,
): readonly Redriven[] {
  const seen = new Set<string>();
  return letters.flatMap(({ content }): Redriven[] => {
    const story = content.kind === 'letter' ? stories.events.get(content.event) : undefined;
    if (!story || content.kind !== 'letter') return [];
    const newest = newestAt(story, index);
    const { number, state } = newest?.entry ?? {};
    if (number !== content.entry || state === undefined || !needsRepair(state)) return [];
    const noted = story.notes.find(({ note, index: seen }) => letterOf(note) === number && seen < index);
    const expiresAt = Number(itemOf(story)?.expiresAt) * 1000;
    const isGone = stories.history.of('expired').some(({ event }) => event === story.event);
    const lane = laneOf(story);
    // In the lane queue each letter of the entry is as good as another, and the first of them runs the event.
    const counts = destination === 'lanes' ? !seen.has(story.event) : noted?.note.copy === content.copy;
    seen.add(story.event);
    if (!counts || !(expiresAt > at + 5 * minuteMs) || isGone) return [];
    if (stories.damaged.has(lane)) return [];
    const next = story.entries.find(({ entry }) => entry.number === number + 1);
    return [{ story, lane, number, next }];
  });
}

/** What nobody of ours wrote comes to the dead-letter queue, where an operator can look at it. */
function junkIsKept({ history }: Stories): readonly Violation[] {
  const { facts } = history;
  return facts.flatMap((fact, index): Violation[] => {
    if (fact.kind !== 'sent' || fact.content.kind !== 'junk' || !fact.isNew) return [];
    const { body } = fact.content;
    const isSeen = facts.some((later, place) => {
      if (place < index) return false;
      if (later.kind === 'purged') return later.queue !== 'dead';
      return later.kind === 'dead-lettered' && later.content.kind === 'junk' && later.content.body === body;
    });
    return isSeen ? [] : [{ guarantee: 'G7', what: 'junk was lost', details: body }];
  });
}

const laneAt = (story: Story, at: number, stories: Stories): Lane | undefined => {
  const { after } = laneWrites(laneOf(story), stories).findLast((write) => write.at <= at) ?? {};
  return after && laneSchema.parse(after);
};

const hasOther = (lane: Lane | undefined, { event }: Story): boolean =>
  lane?.turn !== undefined && lane.turn !== event;

/** A message that is hidden for longer says nothing that may happen soon. */
const longestHiddenSeconds = 120;
const longDelayMs = 125_000;
/** A process that is not frozen is done with a message of an event at rest. */
const lookMs = 10_000;

/** G4: the lane queue holds what may run now, or within two minutes; nothing of what waits longer, and nothing of what is over. */
function queueHoldsWork(stories: Stories): readonly Violation[] {
  const { history } = stories;
  const kept = new Set(history.of('answered').flatMap(({ actor, isKept }) => (isKept ? [actor] : [])));
  // Who did not hear that its entry was written keeps the message: it comes back, and is found to be done.
  const unheard = new Set(history.of('unheard').map(({ actor }) => actor));
  const healedAt = history.of('healed')[0]?.at ?? Infinity;
  const hidden = history.of('hidden').flatMap(({ seconds, actor }): Violation[] => {
    if (seconds <= longestHiddenSeconds) return [];
    const what = 'a message was hidden for longer than two minutes';
    return [{ guarantee: 'G4', what, details: `${seconds} s by ${actor}` }];
  });
  const intact = [...stories.lanes.values()].flat();
  const delayed = intact.flatMap((story) =>
    story.entries.flatMap(({ entry, actor, at }, place): Violation[] => {
      const isLong = entry.state === 'retrying' && entry.nextAt.getTime() - at > longDelayMs;
      if (!isLong || !kept.has(actor) || unheard.has(actor)) return [];
      // Two of a lane were in flight at once, by a purge or because another was given the turn of an open lane in which this one ran: only
      // one of them can have the turn and wait in the ledger.
      const [began, now] = [story.entries[place - 1]?.at ?? at, at].map((moment) =>
        laneAt(story, moment, stories),
      );
      const isBeside =
        hasOther(now, story) && (began === undefined || isOpen(began) || hasOther(began, story));
      const isPurged = history.of('purged').some((purge) => purge.at <= at);
      if (entry.parked !== true && (isBeside || isPurged)) return [];
      return [{ guarantee: 'G4', what: 'a long delay kept its message in the queue', details: story.event }];
    }),
  );
  const resting = intact.flatMap((story) =>
    story.receives.flatMap(({ actor, index, at }): Violation[] => {
      const newest = newestAt(story, index);
      const isOver = newest !== undefined && isAtRest(newest.entry.state);
      if (!isOver || at < healedAt || actor === undefined || !kept.has(actor)) return [];
      // Put back while it was looked at, by another message or by an operator.
      if (story.entries.some((later) => later.index > index && later.at <= at + lookMs)) return [];
      const what = 'a message of an event at rest stayed in the queue';
      return [{ guarantee: 'G4', what, details: `${story.event} by ${actor}` }];
    }),
  );
  return [...hidden, ...delayed, ...resting];
}
