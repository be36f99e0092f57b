import { clearAttention, latenessKey, raiseMatter } from '../lane/attention.ts';
import { shardOf, shardsPerMinute } from '../ledger/keys.ts';
import { laneOf } from '../ledger/ledger.ts';
import { UnreadableItem } from '../ledger/unreadable.ts';
import { lastSettledMinute, minuteMs, keepCursor, type Cursor, type Indexed } from './cursor.ts';
import type { SweepRun } from './deps.ts';
import { passMinute, withMinute } from './busy-minutes.ts';
import { eventsOfMinute, previousInLane } from './event-index.ts';
import { checkLane } from './check-lane.ts';
import { isSettled } from './first-unfinished.ts';

/** Older than this raises attention. */
const lateMs = 5 * minuteMs;
const mostOnAPage = 250;
/** Fewer lanes than these are no line: a second message for each of them costs next to nothing. */
const shortestLine = 20;

/**
 * Checks every event of every settled minute of a shard once. The lane of an event that is not at rest is watched from then on; an event
 * that has not begun is sent, unless it stands in a line. Returns where it got to.
 */
export async function sweepShard(
  source: string,
  shard: number,
  start: Cursor,
  deps: SweepRun,
): Promise<Cursor> {
  const stream = `${source} ${shard}`;
  const last = lastSettledMinute(deps.now());
  let cursor = start;
  let hadEvents = false;
  try {
    while (cursor.next <= last) {
      const from = cursor;
      const page = await deps.inTurn(stream, () => eventsOfMinute(source, from, shard, mostOnAPage, deps));
      if (page === undefined) break;
      hadEvents ||= page.events.length > 0;
      const { reached, ...line } = await checkPage(stream, from, page.events, deps);
      const isWhole = reached === page.events.length;
      const isPassed = isWhole && !(page.more && reached > 0);
      const busy = withMinute(from, page.events.length > 0);
      const to = isPassed
        ? await passMinute(source, shard, from.next, busy, deps)
        : { next: from.next, after: page.events[reached - 1] ?? from.after, ...busy };
      cursor = { ...to, ...line, stored: start.stored };
      if (!isWhole) break;
    }
  } catch (error) {
    // The cursor stays before an event that cannot be checked, so that none is forgotten. If that lasts, the source is reported late.
    deps.failed(stream, error);
  }
  if (cursor !== start) await keepCursor(source, shard, cursor, hadEvents, deps);
  return cursor;
}

/** `reached`: how many of the events were checked, from the first on, before time ran out. */
async function checkPage(
  stream: string,
  { next: minute, lineSince }: Cursor,
  events: readonly Indexed[],
  deps: SweepRun,
): Promise<Pick<Cursor, 'lineSince'> & { readonly reached: number }> {
  const checks = await Promise.all(events.map((event) => deps.inTurn(stream, () => stateOf(event, deps))));
  const checked = takeUntil(checks, (check) => check === undefined).flatMap((check) => check ?? []);
  const begun = checked.filter(({ hasBegun }) => hasBegun).length;
  const unfinished = checked.flatMap((check) =>
    check.lane === undefined ? [] : [{ ...check, lane: check.lane }],
  );
  const lanes = Map.groupBy(unfinished, ({ lane }) => lane);
  const notBegun = [...lanes.values()].filter(([first]) => first?.hasBegun === false).length;
  const isLine = notBegun > shortestLine && notBegun > begun;
  const since = isLine ? (lineSince ?? minute) : begun > notBegun ? undefined : lineSince;
  const standsInLine = isLine ? () => true : deps.standsInLine;
  const watched = new Set<string>();
  await Promise.all(
    [...lanes].map(([lane, checks]) =>
      deps.inTurn(stream, async () => {
        const [first, ...others] = checks.map(({ event }) => event);
        if (first) await watchLane(lane, [first, ...others], { ...deps, standsInLine });
        watched.add(lane);
      }),
    ),
  );
  const { length: reached } = takeUntil(checked, ({ lane }) => lane !== undefined && !watched.has(lane));
  return { reached, lineSince: since };
}

/** Those before the first of which this holds. */
function takeUntil<T>(all: readonly T[], holds: (one: T) => boolean): readonly T[] {
  const end = all.findIndex(holds);
  return end === -1 ? all : all.slice(0, end);
}

interface Checked {
  readonly event: Indexed;
  readonly hasBegun: boolean;
  /** Undefined: it is at rest or parked, or cannot be read. */
  readonly lane: string | undefined;
}

async function stateOf(event: Indexed, deps: SweepRun): Promise<Checked> {
  deps.count('events');
  try {
    const newest = await deps.ledger.newest(event.pk);
    const hasBegun = newest !== undefined;
    if (isSettled(newest)) return { event, hasBegun, lane: undefined };
    return { event, hasBegun, lane: laneOf(await deps.ledger.read(event.pk)) ?? event.pk };
  } catch (error) {
    await raiseIfUnreadable(error, event, deps);
    return { event, hasBegun: true, lane: undefined };
  }
}

/** Watches a lane from its first unfinished event of a page on; or from the event before that, if it is unfinished too. */
async function watchLane(
  lane: string,
  unfinished: readonly [Indexed, ...Indexed[]],
  deps: SweepRun,
): Promise<void> {
  const [first] = unfinished;
  try {
    const previous = await previousInLane(lane, first, deps);
    const isBehind = previous && !isSettled(await deps.ledger.newest(previous.pk));
    const all = isBehind ? [previous, ...unfinished] : unfinished;
    const watch = all.map(({ pk, acceptedAt }) => ({ pk, since: new Date(acceptedAt) }));
    await checkLane(lane, deps, { watch });
  } catch (error) {
    await raiseIfUnreadable(error, first, deps);
  }
}

/**
 * Puts an unreadable item on the attention list, and with it the event that was checked: its lane is not watched yet, so the sweeper
 * tries it again from that list. Every other error is thrown on.
 */
async function raiseIfUnreadable(error: unknown, { pk }: Indexed, deps: SweepRun): Promise<void> {
  if (!(error instanceof UnreadableItem)) throw error;
  deps.log.error('an item cannot be read', { about: error.about, error });
  for (const about of new Set([error.about, pk])) {
    await deps.lanes.askForHelp(about);
  }
}

/** Keeps one attention item for each source whose events are checked late. */
export async function reportLateness(
  source: string,
  before: readonly Cursor[],
  after: readonly Cursor[],
  deps: SweepRun,
): Promise<void> {
  const last = lastSettledMinute(deps.now());
  const isLate = after.some(({ next }) => last.getTime() - next.getTime() > lateMs);
  const mayHaveBeenLate = before.some(({ next }) => next < last);
  // A run that was frozen would report its own delay, which later runs may have made up for.
  if ((!isLate && !mayHaveBeenLate) || deps.now() > deps.deadline) return;
  const key = latenessKey(source);
  const item = isLate
    ? raiseMatter(deps.stateTable, { key, source, reason: 'sweeper-late', at: deps.now() })
    : clearAttention(deps.stateTable, key);
  await deps.lanes.commit([item]);
}

/** Between the newest minute that may be read and the oldest that was not. */
export function secondsBehind(cursors: readonly Cursor[], now: Date): number {
  const last = lastSettledMinute(now).getTime();
  return Math.max(0, ...cursors.map(({ next }) => (last - next.getTime()) / 1000));
}

/** After this long an event counts as lost, line or no line: a second message is better than a lost event. */
const longestLineMs = 30 * minuteMs;

/** Whether an event may still wait in a line: it was accepted since the line of its shard began, and not too long ago. */
export function standsInLine(cursors: readonly Cursor[], lane: string, acceptedAt: Date, now: Date): boolean {
  const since = cursors[shardOf(lane, shardsPerMinute)]?.lineSince;
  return since !== undefined && acceptedAt >= since && now.getTime() - acceptedAt.getTime() < longestLineMs;
}
