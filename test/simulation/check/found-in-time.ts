import { isAtRest } from '../../../functions/ledger/entry.ts';
import { watchPartition } from '../../../functions/lane/watch.ts';
import { ledgerTable, stateTable } from '../composition.ts';
import type { FactOf } from '../history.ts';
import { firstRest, isFinalEntry, laneOf, newestAt, type Stories, type Story } from './stories.ts';
import type { Violation } from './violation.ts';

/** Five minutes, and what a run of the sweeper itself takes, with clocks that differ by seconds. */
const limitMs = 5 * 60_000 + 45_000;
/** From one run that went through to the next. */
const longestGapMs = 75_000;
const longestRunMs = 30_000;

/** G8: what is lost while the sweeper runs and the queue has no backlog is found within five minutes. */
export function checkFoundInTime(stories: Stories): readonly Violation[] {
  const { facts } = stories.history;
  const endAt = facts.at(-1)?.at ?? 0;
  const isWatched = watchedTime(stories, endAt);
  return [
    ...[...stories.events.values()].flatMap((story) => [
      ...storedIsQueued(story, stories, isWatched),
      ...reopenedIsSent(story, isWatched),
    ]),
    ...lanesMoveOn(stories, isWatched),
    ...putBackIsWatched(stories),
  ];
}

type IsWatched = (from: number) => boolean;

/** Whether, from a time on and for as long as the limit, one sweep after the other went through and saw no backlog. */
function watchedTime({ history }: Stories, endAt: number): IsWatched {
  const sweeps = history.of('swept').sort((a, b) => a.startedAt - b.startedAt);
  return (from) => {
    const until = from + limitMs;
    if (until > endAt) return false;
    let covered = from;
    for (const { startedAt, at, hasBacklog } of sweeps) {
      if (at < from) continue;
      if (startedAt > until) break;
      if (hasBacklog || at - startedAt > longestRunMs) return false;
      if (startedAt - covered > longestGapMs) return false;
      covered = Math.max(covered, startedAt);
    }
    return until - covered <= longestGapMs;
  };
}

function storedIsQueued(story: Story, stories: Stories, isWatched: IsWatched): readonly Violation[] {
  const { event, stored, sent, entries } = story;
  const [first] = stored;
  if (!first || !isWatched(first.at)) return [];
  const until = first.at + limitMs;
  const isFound = [...sent, ...entries].some(({ index, at }) => index > first.index && at <= until);
  if (isFound || standsBehind(story, stories, until)) return [];
  return [{ guarantee: 'G8', what: 'an event was stored and not queued for five minutes', details: event }];
}

/** An earlier event of its lane is not at rest all that time: what stands behind it is not looked for. */
function standsBehind(story: Story, stories: Stories, until: number): boolean {
  const lane = stories.lanes.get(laneOf(story)) ?? [];
  return lane.some((other) => other !== story && (firstRest(other)?.at ?? Infinity) > until - 2 * 60_000);
}

function reopenedIsSent({ event, entries, sent }: Story, isWatched: IsWatched): readonly Violation[] {
  return entries.flatMap(({ entry, index, at }): Violation[] => {
    if (entry.state !== 'reopened' || !isWatched(at)) return [];
    const isFound = [...sent, ...entries].some((later) => later.index > index && later.at <= at + limitMs);
    if (isFound) return [];
    return [
      { guarantee: 'G8', what: 'an event was put back and not queued for five minutes', details: event },
    ];
  });
}

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
  return [...all, ...open.values()].filter(({ write }) => write.after !== undefined);
}

function lanesMoveOn(stories: Stories, isWatched: IsWatched): readonly Violation[] {
  const commits = Map.groupBy(stories.history.of('written'), ({ commit }) => commit);
  return standings(stories).flatMap((standing): Violation[] => {
    const { turn, waiting, deadline } = standing.write.after ?? {};
    const lane = standing.write.pk;
    const holder = typeof turn === 'string' ? stories.events.get(turn) : undefined;
    const found: (string | undefined)[] = [
      holder && handedOverUnsent(holder, standing, isWatched),
      holder && handedOverUnwatched(holder, standing, commits.get(standing.write.commit) ?? []),
      holder && waiting !== 0 ? finalHolder(holder, standing, isWatched) : undefined,
      typeof deadline === 'string' && (holder !== undefined || waiting !== 0)
        ? passedDeadline(new Date(deadline).getTime(), holder, standing, isWatched)
        : undefined,
    ];
    return found.flatMap((what) => (what === undefined ? [] : [{ guarantee: 'G8', what, details: lane }]));
  });
}

/** The turn was given to an event that waited. */
const isGiven = (holder: Story, { write, index }: Standing): boolean =>
  write.before?.turn !== holder.event && newestAt(holder, index)?.entry.state === 'waiting';

/** And its message did not follow. */
function handedOverUnsent(holder: Story, standing: Standing, isWatched: IsWatched): string | undefined {
  const { write, index } = standing;
  if (!isGiven(holder, standing) || !isWatched(write.at)) return undefined;
  const until = write.at + limitMs;
  const isFound = [...holder.sent, ...holder.entries].some(
    (later) => later.index > index && later.at <= until,
  );
  return isFound ? undefined : 'the turn was handed over and the message not sent for five minutes';
}

/** And nobody looks whether its message follows: another watch of an event that waited long may be due hours later. */
function handedOverUnwatched(
  holder: Story,
  standing: Standing,
  commit: readonly FactOf<'written'>[],
): string | undefined {
  const begins = commit.some(({ pk, sk }) => pk === holder.event && sk.startsWith('LOG#'));
  const isArmed = commit.some(({ pk, after }) => pk.startsWith(watchPrefix) && after?.key === holder.event);
  if (!isGiven(holder, standing) || begins || isArmed) return undefined;
  return 'the turn was handed over, and nobody watches whether its message follows';
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
  { index, until }: Standing,
  isWatched: IsWatched,
): string | undefined {
  if (until.at <= deadline + limitMs || !isWatched(deadline)) return undefined;
  const isResting = (at: number) => {
    const newest = holder && newestAt(holder, at);
    return holder === undefined || (newest !== undefined && isAtRest(newest.entry.state));
  };
  if (!isResting(index) || !isResting(until.index)) return undefined;
  return 'a deadline of a lane had passed for five minutes';
}

/** An event that had come to rest and is on its way again has a watch item: its minute was read long ago, and nothing else looks at it. */
function putBackIsWatched({ history }: Stories): readonly Violation[] {
  const states = new Map<string, { state: string; hasRested: boolean }>();
  const watches = new Map<string, Set<string>>();
  const violations: Violation[] = [];
  for (const commit of Map.groupBy(history.of('written'), ({ commit }) => commit).values()) {
    const touched = new Set<string>();
    for (const { table, pk, sk, before, after } of commit) {
      if (table === ledgerTable && sk.startsWith('LOG#')) {
        const state = String(after?.state);
        const hasRested = states.get(pk)?.hasRested === true || resting.has(state);
        states.set(pk, { state, hasRested });
        touched.add(pk);
      } else if (pk.startsWith(watchPrefix)) {
        const event = String((after ?? before)?.key);
        const items = watches.get(event) ?? new Set();
        watches.set(event, items);
        if (after === undefined) items.delete(sk);
        else items.add(sk);
        touched.add(event);
      }
    }
    for (const event of touched) {
      const { state = '', hasRested = false } = states.get(event) ?? {};
      if (!hasRested || resting.has(state) || (watches.get(event)?.size ?? 0) > 0) continue;
      violations.push({
        guarantee: 'G8',
        what: 'nobody watches an event that was put back',
        details: `${event} is ${state}`,
      });
    }
  }
  return violations;
}

const watchPrefix = watchPartition(0).slice(0, -1);
const resting: ReadonlySet<string> = new Set([
  'failed',
  'quarantined',
  'processed',
  'ignored',
  'superseded',
  'discarded',
  'resolved',
]);
