import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { SweeperDeps } from './deps.ts';

/** A minute is read once it has been over for this long: its events have had time to be queued and begun. */
const settledAfterMs = 3 * 60_000;
/** Where a source's first cursor begins. */
const firstLookBackMs = 60 * 60_000;
export const minuteMs = 60_000;

type CursorDeps = Pick<SweeperDeps, 'dynamodb' | 'stateTable'>;

const cursorItem = z.object({ next: z.coerce.date() });
const key = (source: string, shard: number) => ({ pk: `CURSOR#${source}`, sk: String(shard) });

const startOfMinute = (at: number): Date => new Date(Math.floor(at / minuteMs) * minuteMs);

/** The newest minute that may be read. */
export const lastSettledMinute = (now: Date): Date =>
  startOfMinute(now.getTime() - settledAfterMs - minuteMs);

/** The minute to be read next. */
export async function readCursor(source: string, shard: number, now: Date, deps: CursorDeps): Promise<Date> {
  const found = await deps.dynamodb.send(
    new GetCommand({ TableName: deps.stateTable, Key: key(source, shard) }),
  );
  return found.Item ? cursorItem.parse(found.Item).next : startOfMinute(now.getTime() - firstLookBackMs);
}

/** Two sweepers may set it back for each other: a minute is then read twice, which is harmless. */
export async function moveCursor(source: string, shard: number, next: Date, deps: CursorDeps): Promise<void> {
  const Item = { ...key(source, shard), next: next.toISOString() };
  await deps.dynamodb.send(new PutCommand({ TableName: deps.stateTable, Item }));
}
