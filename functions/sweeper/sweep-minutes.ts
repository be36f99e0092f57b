import { TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { clearAttention, raiseAttention } from '../lane/attention.ts';
import { readSettling } from '../lane/candidate.ts';
import { armWatch, firstWatch } from '../lane/watch.ts';
import { isAtRest } from '../ledger/entry.ts';
import { eventKey, shardsPerMinute, type EventKey } from '../ledger/keys.ts';
import type { Source } from '../sources/source.ts';
import { lastSettledMinute, minuteMs, moveCursor, readCursor, type Cursor } from './cursor.ts';
import type { SweepDeps, SweeperDeps } from './deps.ts';
import { eventsOfMinute } from './event-index.ts';
import { isBehind } from './is-behind.ts';

/** A cursor later than this is somebody's business. */
const lateMs = 5 * minuteMs;

/** Looks once at every event of every settled minute: what is not at rest is watched from then on. Returns how many events it saw. */
export async function sweepMinutes(hasBacklog: boolean, deps: SweepDeps): Promise<number> {
  let seen = 0;
  for (const [name, source] of Object.entries(deps.sources)) {
    let isLate = false;
    let mayHaveBeenLate = false;
    for (let shard = 0; shard < shardsPerMinute; shard++) {
      const swept = await sweepShard(name, source, shard, hasBacklog, deps);
      seen += swept.seen;
      isLate ||= swept.isLate;
      mayHaveBeenLate ||= swept.mayHaveBeenLate;
    }
    await reportLateness(name, isLate, mayHaveBeenLate, deps);
  }
  return seen;
}

async function sweepShard(
  name: string,
  source: Source,
  shard: number,
  hasBacklog: boolean,
  deps: SweepDeps,
): Promise<{ readonly seen: number; readonly isLate: boolean; readonly mayHaveBeenLate: boolean }> {
  const last = lastSettledMinute(deps.now());
  const start = await readCursor(name, shard, deps.now(), deps);
  let cursor = start;
  let seen = 0;
  let goesOn = true;
  while (goesOn && cursor.next <= last && deps.now() < deps.deadline) {
    const read = await sweepMinute(name, source, shard, cursor, hasBacklog, deps);
    ({ cursor, goesOn } = read);
    seen += read.seen;
  }
  if (cursor !== start) await moveCursor(name, shard, cursor, deps);
  const isLate = last.getTime() - cursor.next.getTime() > lateMs;
  return { seen, isLate, mayHaveBeenLate: start.next < last };
}

/**
 * Reads on in one minute, as far as there is time: a minute may hold more than one run can look at. Behind an event that cannot be looked at
 * it does not go on, so that none is forgotten; the source is reported late once that lasts.
 */
async function sweepMinute(
  name: string,
  source: Source,
  shard: number,
  cursor: Cursor,
  hasBacklog: boolean,
  deps: SweepDeps,
): Promise<{ readonly cursor: Cursor; readonly seen: number; readonly goesOn: boolean }> {
  let { after } = cursor;
  let seen = 0;
  const stop = () => ({ cursor: { next: cursor.next, after }, seen, goesOn: false });
  for await (const event of eventsOfMinute(name, cursor, shard, deps)) {
    if (deps.now() >= deps.deadline) return stop();
    try {
      await firstLook(event.pk, name, source, hasBacklog, deps);
    } catch (error) {
      deps.failed(event.pk, error);
      return stop();
    }
    after = event;
    seen++;
  }
  return { cursor: { next: new Date(cursor.next.getTime() + minuteMs) }, seen, goesOn: true };
}

async function firstLook(
  key: EventKey,
  name: string,
  source: Source,
  hasBacklog: boolean,
  deps: SweeperDeps,
): Promise<void> {
  const newest = await deps.ledger.newest(key);
  if (newest && isAtRest(newest.state)) return;
  const settling = await readSettling(key, name, source, deps);
  const { laneName: lane, entries, record } = settling;
  const now = deps.now();
  const watch = armWatch(deps.stateTable, {
    key,
    lane,
    ...firstWatch(now),
    entryNumber: entries.at(-1)?.number ?? 0,
  });
  await deps.dynamodb.send(new TransactWriteCommand({ TransactItems: [watch] }));

  const mayBeLost = entries.length === 0 && record.event !== undefined && !hasBacklog;
  if (!mayBeLost || (await isBehind(record, deps))) return;
  const minute = new Date(Math.floor(now.getTime() / minuteMs) * minuteMs).toISOString();
  await deps.send({ event: key, generation: 0, lane, purpose: `sweep:${minute}` });
}

async function reportLateness(
  name: string,
  isLate: boolean,
  mayHaveBeenLate: boolean,
  deps: SweeperDeps,
): Promise<void> {
  if (!isLate && !mayHaveBeenLate) return;
  const key = eventKey('sweeper', name);
  const item = isLate
    ? raiseAttention(deps.stateTable, {
        key,
        source: name,
        lane: key,
        reason: 'sweeper-late',
        at: deps.now(),
      })
    : clearAttention(deps.stateTable, key);
  await deps.dynamodb.send(new TransactWriteCommand({ TransactItems: [item] }));
}
