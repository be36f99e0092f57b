import { gateOf, gatePartition, heardWithinSeconds } from '../../../functions/lane/gate.ts';
import { ledgerTable } from '../composition.ts';
import type { FactOf } from '../history.ts';
import { shutSpans } from './breakers.ts';
import { laneWrites, policiesOf, type Stories, type Story } from './stories.ts';
import type { Violation } from './violation.ts';
import { limitMs, watchedTimeOf } from './watched-time.ts';

/** A gate from one change of it to the next. */
interface Span {
  readonly source: string;
  readonly isPaused: boolean;
  readonly from: number;
  readonly to: number;
  readonly write: FactOf<'written'>;
}

/** What is paused begins no attempt and uses none; what was resumed goes on; both are audited. */
export function checkPauses(stories: Stories): readonly Violation[] {
  const spans = spansOf(stories);
  return [
    ...[...stories.events.values()].flatMap((story) => [
      ...beginsNothing(story, spans, stories),
      ...usesNoAttempt(story),
    ]),
    ...goesOn(stories, spans),
    ...isAudited(spans, stories),
  ];
}

function spansOf({ history }: Stories): readonly Span[] {
  const writes = history.of('written').filter(({ pk, sk }) => pk === gatePartition && !sk.includes('#'));
  return writes.map((write, place) => ({
    source: write.sk,
    isPaused: write.after?.isPaused === true,
    from: write.at,
    to: writes.slice(place + 1).find(({ sk }) => sk === write.sk)?.at ?? Infinity,
    write,
  }));
}

/** An invocation that was begun when everybody had heard of a pause begins no attempt while it lasts. */
function beginsNothing(story: Story, spans: readonly Span[], { actors }: Stories): readonly Violation[] {
  return story.entries.flatMap(({ entry, actor, at }): Violation[] => {
    const began = actors.get(actor)?.at ?? -Infinity;
    const isIn = ({ source, isPaused, from, to }: Span) =>
      isPaused && source === story.source && began > from + heardWithinSeconds * 1000 && at < to;
    if (entry.state !== 'processing' || !spans.some(isIn)) return [];
    return [{ guarantee: 'G3', what: 'an attempt began while its source was paused', details: story.event }];
  });
}

function usesNoAttempt({ event, entries }: Story): readonly Violation[] {
  return entries.flatMap(({ entry }, place): Violation[] => {
    if (entry.state !== 'waiting' || entry.because === undefined) return [];
    const before = entries[place - 1]?.entry;
    // A probe that ended without an outcome was none.
    const isProbe = before?.state === 'processing' && before.isProbe === true;
    if (entry.attempt === (before?.attempt ?? 0) - (isProbe ? 1 : 0)) return [];
    return [{ guarantee: 'G2', what: 'a stop at the gate used up an attempt', details: event }];
  });
}

/** A lane that waits at a gate leaves it within five minutes once that is open. */
function goesOn(stories: Stories, spans: readonly Span[]): readonly Violation[] {
  const isWatchedOf = watchedTimeOf(stories);
  const shut = shutSpans(stories);
  return [...stories.lanes.keys()].flatMap((lane) => {
    const source = gateOf(lane);
    const isWatched = isWatchedOf(source);
    // A slow line lets a few lanes through in that time; a slot is free when a run has ended.
    const isSlow = policiesOf(stories, source).some(
      ({ perSecond = 1, atOnce }) => perSecond < 1 || atOnce !== undefined,
    );
    const goesOnMs = isSlow ? 4 * limitMs : limitMs;
    const own = laneWrites(lane, stories);
    const open = spans.filter((span) => span.source === source && !span.isPaused);
    return own.flatMap(({ after, at }, place): Violation[] => {
      if (after?.atGate === undefined) return [];
      const until = own.slice(place).find((write) => write.after?.atGate === undefined)?.at ?? Infinity;
      const stays = open.some(({ from, to }) => {
        const since = Math.max(at, from);
        const isShut = shut.some(
          (one) => one.source === source && one.from < since + limitMs && one.to > since,
        );
        return since + goesOnMs < Math.min(until, to) && isWatched(since, goesOnMs) && !isShut;
      });
      if (!stays) return [];
      return [{ guarantee: 'G8', what: 'a lane waited at an open gate for five minutes', details: lane }];
    });
  });
}

/** Each change of a gate has its note, in the same commit. */
function isAudited(spans: readonly Span[], { history }: Stories): readonly Violation[] {
  const notes = history
    .of('written')
    .filter(({ table, sk }) => table === ledgerTable && sk.startsWith('NOTE#'));
  return spans.flatMap(({ source, isPaused, write }): Violation[] => {
    const what = isPaused ? 'paused' : 'resumed';
    if (notes.some(({ commit, after }) => commit === write.commit && after?.what === what)) return [];
    return [{ guarantee: 'G7', what: 'a gate was changed without an audit item', details: source }];
  });
}
