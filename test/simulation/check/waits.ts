import {
  firstRest,
  isFinalEntry,
  itemOf,
  receivedBy,
  type Stories,
  type Story,
  type WrittenEntry,
} from './stories.ts';
import type { Violation } from './violation.ts';
import { limitMs, watchedTimeOf, type IsWatched } from './watched-time.ts';

/** G3: an event whose handler waits for another one runs when that is over, or its time is; and then it does run (G8). */
export function checkWaits(stories: Stories): readonly Violation[] {
  const isWatchedOf = watchedTimeOf(stories);
  return [...stories.lanes.values()].flatMap((lane) =>
    lane.flatMap((story) =>
      story.entries.flatMap((written, place): Violation[] => {
        const { entry } = written;
        if (entry.state !== 'waiting' || entry.needs === undefined || entry.until === undefined) return [];
        const wait: Wait = { story, written, needs: entry.needs, until: entry.until.getTime(), lane };
        const next = story.entries[place + 1];
        const before = story.entries[place - 1];
        return [
          ...begunRightly(wait, before, stories),
          ...notCounted(wait, before, next),
          ...endedRightly(wait, next, stories),
          ...endedInTime(wait, next, isWatchedOf(story.source), stories),
        ];
      }),
    ),
  );
}

interface Wait {
  readonly story: Story;
  readonly written: WrittenEntry;
  readonly needs: readonly string[];
  readonly until: number;
  readonly lane: readonly Story[];
}

/** Nobody waits again when the time to wait is over: that is a failed attempt. */
function begunRightly(
  { story, written, until }: Wait,
  before: WrittenEntry | undefined,
  stories: Stories,
): readonly Violation[] {
  const skewMs = Math.abs(stories.actors.get(written.actor)?.skewMs ?? 0);
  // The handler may have begun to wait long before this was written, by a process that was frozen.
  if (!before || before.at <= until + skewMs + 8000) return [];
  return [
    { guarantee: 'G2', what: 'an event waits although its time to wait is over', details: story.event },
  ];
}

/** Waiting is no attempt: the next run has the number that the one before had. */
function notCounted(
  { story }: Wait,
  before: WrittenEntry | undefined,
  next: WrittenEntry | undefined,
): readonly Violation[] {
  if (next?.entry.state !== 'processing' || next.entry.attempt === before?.entry.attempt) return [];
  return [{ guarantee: 'G2', what: 'a wait was counted as an attempt', details: story.event }];
}

/** When one of the types that it waits for became final after it had parked; of those that `isSeen`. */
function metAt(
  { needs, written, lane, story }: Wait,
  isSeen: (other: Story, rest: WrittenEntry) => boolean = () => true,
): WrittenEntry | undefined {
  return lane
    .filter((other) => other !== story && needs.includes(String(itemOf(other)?.type)))
    .flatMap((other) =>
      other.entries.filter((rest) => isFinalEntry(rest) && rest.index > written.index && isSeen(other, rest)),
    )
    .sort((a, b) => a.index - b.index)[0];
}

function endedRightly(wait: Wait, next: WrittenEntry | undefined, stories: Stories): readonly Violation[] {
  const { story, written, needs, until, lane } = wait;
  if (next?.entry.state !== 'processing') return [];
  const skewMs = Math.abs(stories.actors.get(written.actor)?.skewMs ?? 0) + 8000;
  const isOver = next.at + skewMs >= until;
  const isMet = (metAt(wait)?.index ?? Infinity) < next.index;
  // The time of another one that waits for the same is over for all of them; so is a wait that an operator ends.
  const others = lane.some(
    (other) =>
      other !== story &&
      other.entries.some(
        ({ entry, index }) =>
          entry.state === 'waiting' &&
          index < next.index &&
          (entry.needs?.some((type) => needs.includes(type)) === true ||
            /waits for|not been seen/.test(entry.reason)),
      ),
  );
  const isReleased = lane.some(({ notes }) =>
    notes.some(({ note, index }) => note.what === 'released' && index > written.index && index < next.index),
  );
  if (isOver || isMet || others || isReleased) return [];
  const details = `${story.event} waits for ${needs.join(', ')}`;
  return [{ guarantee: 'G3', what: 'an event ran although what it waits for had not happened', details }];
}

/** Its time is over, or what it waits for has happened, and nothing else runs in its lane. */
function endedInTime(
  wait: Wait,
  next: WrittenEntry | undefined,
  isWatched: IsWatched,
  { history }: Stories,
): readonly Violation[] {
  const { story, written, until, lane } = wait;
  const isPurged = history.of('purged').some(({ queue, at }) => queue === 'lanes' && at <= written.at);
  // A purge let another one be in flight beside it, which looked at the lane before this one parked.
  const met = metAt(wait, (other, rest) => !isPurged || receivedBy(other, rest) > written.index);
  const from = freeFrom(lane, story, Math.max(written.at, Math.min(until, met?.at ?? Infinity)));
  if (from === Infinity || !isWatched(from) || (next && next.at <= from + limitMs)) return [];
  // Its message is on its way, and nobody receives it: throttled, or crashed each time.
  if (story.sent.some(({ at }) => at >= from && at <= from + limitMs)) return [];
  const isBusy = lane.some((other) => {
    if (other === story) return false;
    const arrived = other.stored[0]?.at ?? Infinity;
    return arrived < from + limitMs && (firstRest(other)?.at ?? Infinity) > from;
  });
  if (isBusy) return [];
  return [
    { guarantee: 'G8', what: 'a wait was over and did not end for five minutes', details: story.event },
  ];
}

/** The first moment from then on after which the lane is not held for a while by another one: failed, put back, or retrying much later. */
function freeFrom(lane: readonly Story[], story: Story, from: number): number {
  const held = lane.flatMap((other) => {
    if (other === story) return [];
    return other.entries.flatMap((written, place) => {
      const { entry } = written;
      if (isFinalEntry(written) || (entry.state === 'waiting' && entry.because === undefined)) return [];
      const end = other.entries[place + 1]?.at ?? Infinity;
      return written.at <= from + limitMs && end > from ? [end] : [];
    });
  });
  return held.length === 0 ? from : freeFrom(lane, story, Math.max(...held));
}
