import { clearAttention, raiseAttention, raiseUnreadable } from '../lane/attention.ts';
import { isAtRest, type Entry } from '../ledger/entry.ts';
import { eventKey, shardOf, shardsPerMinute } from '../ledger/keys.ts';
import { laneOf } from '../ledger/ledger.ts';
import { UnreadableItem } from '../ledger/unreadable.ts';
import { lastSettledMinute, minuteMs, moveCursor, type Cursor, type Indexed } from './cursor.ts';
import type { SweepDeps } from './deps.ts';
import { eventsOfMinute, previousInLane } from './event-index.ts';
import { lookAtLane } from './look-at-lane.ts';

/** Older than this raises attention. */
const lateMs = 5 * minuteMs;
const mostOnAPage = 250;
/** Fewer lanes than these are no line: a second message for each of them costs next to nothing. */
const shortestLine = 20;

/**
 * Looks once at every event of every settled minute of a shard: what is not at rest has its lane watched from then on, and what has not
 * begun is sent, unless it stands in a line. Returns where it got to.
 */
export async function sweepShard(
  source: string,
  shard: number,
  start: Cursor,
  deps: SweepDeps,
): Promise<Cursor> {
  const stream = `${source} ${shard}`;
  const last = lastSettledMinute(deps.now());
  let cursor = start;
  try {
    while (cursor.next <= last) {
      const from = cursor;
      const page = await deps.inTurn(stream, () => eventsOfMinute(source, from, shard, mostOnAPage, deps));
      if (page === undefined) break;
      const { reached, ...line } = await lookAtPage(stream, from, page.events, deps);
      const after = page.events[reached - 1] ?? from.after;
      const isWhole = reached === page.events.length;
      if (!isWhole || (page.more && reached > 0))
        cursor = { next: from.next, ...(after ? { after } : {}), ...line };
      else cursor = { next: new Date(from.next.getTime() + minuteMs), ...line };
      if (!isWhole) break;
    }
  } catch (error) {
    // Behind what cannot be looked at the cursor does not move, so that nothing is forgotten; the source is reported late once that lasts.
    deps.failed(stream, error);
  }
  if (cursor !== start) await moveCursor(source, shard, cursor, deps);
  return cursor;
}

/** `reached`: how many of them were dealt with, from the first on; for the others there was no time. */
async function lookAtPage(
  stream: string,
  { next: minute, lineSince }: Cursor,
  events: readonly Indexed[],
  deps: SweepDeps,
): Promise<Pick<Cursor, 'lineSince'> & { readonly reached: number }> {
  const looks = await Promise.all(events.map((event) => deps.inTurn(stream, () => stateOf(event, deps))));
  const looked = until(looks, (look) => look === undefined).flatMap((look) => look ?? []);
  const begun = looked.filter(({ hasBegun }) => hasBegun).length;
  const unfinished = looked.flatMap((look) =>
    look.lane === undefined ? [] : [{ ...look, lane: look.lane }],
  );
  const lanes = Map.groupBy(unfinished, ({ lane }) => lane);
  const notBegun = [...lanes.values()].filter(([first]) => first?.hasBegun === false).length;
  const isLine = notBegun > shortestLine && notBegun > begun;
  const line = isLine ? (lineSince ?? minute) : begun > notBegun ? undefined : lineSince;
  const standsInLine = isLine ? () => true : deps.standsInLine;
  const watched = new Set<string>();
  await Promise.all(
    [...lanes].map(([lane, [first]]) =>
      deps.inTurn(stream, async () => {
        if (first) await watchLane(lane, first.event, { ...deps, standsInLine });
        watched.add(lane);
      }),
    ),
  );
  const { length: reached } = until(looked, ({ lane }) => lane !== undefined && !watched.has(lane));
  return { reached, ...(line === undefined ? {} : { lineSince: line }) };
}

/** Those before the first of which this holds. */
function until<T>(all: readonly T[], holds: (one: T) => boolean): readonly T[] {
  const end = all.findIndex(holds);
  return end === -1 ? all : all.slice(0, end);
}

interface Look {
  readonly event: Indexed;
  readonly hasBegun: boolean;
  /** Undefined: it is at rest, or cannot be read. */
  readonly lane: string | undefined;
}

async function stateOf(event: Indexed, deps: SweepDeps): Promise<Look> {
  deps.count('events');
  const look = (newest: Entry | undefined, lane?: string) => ({
    event,
    hasBegun: newest !== undefined,
    lane,
  });
  try {
    const newest = await deps.ledger.newest(event.pk);
    if (newest && isAtRest(newest.state)) return look(newest);
    const record = await deps.ledger.read(event.pk);
    const since = record.entries.at(-1);
    return since && isAtRest(since.state) ? look(since) : look(since, laneOf(record) ?? event.pk);
  } catch (error) {
    await orAskForHelp(error, event, deps);
    return { event, hasBegun: true, lane: undefined };
  }
}

/** From the first event of a page that is not at rest; or from the one before it, where that is not at rest either. */
async function watchLane(lane: string, first: Indexed, deps: SweepDeps): Promise<void> {
  try {
    const previous = await previousInLane(lane, first, deps);
    const newest = previous && (await deps.ledger.newest(previous.pk));
    const isBehind = previous && !(newest && isAtRest(newest.state));
    await lookAtLane(lane, deps, new Date(isBehind ? previous.acceptedAt : first.acceptedAt));
  } catch (error) {
    await orAskForHelp(error, first, deps);
  }
}

/**
 * What cannot be read costs itself alone; anything else is thrown on. The event in whose way it stands is on the attention list as well:
 * its lane does not say that it is watched, so the sweeper tries it again from there.
 */
async function orAskForHelp(error: unknown, { pk }: Indexed, deps: SweepDeps): Promise<void> {
  if (!(error instanceof UnreadableItem)) throw error;
  deps.log.error('an item cannot be read', { about: error.about, error });
  for (const about of new Set([error.about, pk])) {
    await deps.lanes.commit([raiseUnreadable(deps.stateTable, about, deps.now())]);
  }
}

/** Whether a source is swept late is on the attention list, one item for each source. */
export async function reportLateness(
  source: string,
  before: readonly Cursor[],
  after: readonly Cursor[],
  deps: SweepDeps,
): Promise<void> {
  const last = lastSettledMinute(deps.now());
  const isLate = after.some(({ next }) => last.getTime() - next.getTime() > lateMs);
  const mayHaveBeenLate = before.some(({ next }) => next < last);
  // A run that was frozen sees its own lateness; those after it may have caught up.
  if ((!isLate && !mayHaveBeenLate) || deps.now() > deps.deadline) return;
  const key = eventKey('sweeper', source);
  const reason = 'sweeper-late';
  const item = isLate
    ? raiseAttention(deps.stateTable, { key, source, lane: key, reason, at: deps.now(), entry: 0 })
    : clearAttention(deps.stateTable, key);
  await deps.lanes.commit([item]);
}

/** Between the newest minute that may be read and the oldest that was not. */
export function secondsBehind(cursors: readonly Cursor[], now: Date): number {
  const last = lastSettledMinute(now).getTime();
  return Math.max(0, ...cursors.map(({ next }) => (last - next.getTime()) / 1000));
}

/** Longer than this nobody is taken to stand in a line: a message more is better than an event less. */
const longestLineMs = 30 * minuteMs;

/** By the cursors of a source: what was accepted since the line began and is not too old. */
export function standsInLine(cursors: readonly Cursor[], lane: string, acceptedAt: Date, now: Date): boolean {
  const since = cursors[shardOf(lane, shardsPerMinute)]?.lineSince;
  return since !== undefined && acceptedAt >= since && now.getTime() - acceptedAt.getTime() < longestLineMs;
}
