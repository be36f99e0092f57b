import { TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { clearAttention, raiseAttention } from '../lane/attention.ts';
import { readSettling } from '../lane/candidate.ts';
import { armWatch, shortestWatchSeconds } from '../lane/watch.ts';
import { isAtRest } from '../ledger/entry.ts';
import { eventKey, shardsPerMinute, type EventKey } from '../ledger/keys.ts';
import type { Source } from '../sources/source.ts';
import { lastSettledMinute, minuteMs, moveCursor, readCursor } from './cursor.ts';
import type { SweeperDeps } from './deps.ts';
import { eventsOfMinute } from './event-index.ts';
import { isBehind } from './is-behind.ts';

/** A cursor later than this is somebody's business. */
const lateMs = 5 * minuteMs;

/** Looks once at every event of every settled minute: what is not at rest is watched from then on. Returns how many events it saw. */
export async function sweepMinutes(hasBacklog: boolean, deps: SweeperDeps): Promise<number> {
  let seen = 0;
  for (const [name, source] of Object.entries(deps.sources)) {
    for (let shard = 0; shard < shardsPerMinute; shard++) {
      seen += await sweepShard(name, source, shard, hasBacklog, deps);
    }
  }
  return seen;
}

async function sweepShard(
  name: string,
  source: Source,
  shard: number,
  hasBacklog: boolean,
  deps: SweeperDeps,
): Promise<number> {
  const last = lastSettledMinute(deps.now());
  const start = await readCursor(name, shard, deps.now(), deps);
  let seen = 0;
  let minute = start;
  for (; minute <= last && deps.now() < deps.deadline; minute = new Date(minute.getTime() + minuteMs)) {
    for await (const key of eventsOfMinute(name, minute, shard, deps)) {
      seen++;
      await firstLook(key, name, source, hasBacklog, deps);
    }
  }
  if (minute > start) await moveCursor(name, shard, minute, deps);
  await reportLateness(name, last.getTime() - minute.getTime() > lateMs, start < last, deps);
  return seen;
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
    dueAt: new Date(now.getTime() + shortestWatchSeconds * 1000),
    intervalSeconds: shortestWatchSeconds,
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
