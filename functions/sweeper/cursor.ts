import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { firstLookBackMs, sweptKey, sweptSchema } from '../ledger/busy-hours.ts';
import { eventSortKey, isEventKey, type EventKey } from '../ledger/keys.ts';
import type { SweeperDeps } from './deps.ts';
import { begunWithinSeconds } from './decide-recovery.ts';

/** A minute is read once it has been over for so long. Its first event is found four minutes after it was accepted, at the latest. */
const settledAfterMs = begunWithinSeconds * 1000;
export const minuteMs = 60_000;

type CursorDeps = Pick<SweeperDeps, 'dynamodb' | 'stateTable'>;

/** An event in an index of the ledger: by its EVENT item, or by the entry that put it back. */
export const indexedSchema = z.object({
  pk: z.custom<EventKey>(isEventKey),
  sk: z.string().default(eventSortKey),
  acceptedAt: z.string(),
});
export type Indexed = z.infer<typeof indexedSchema>;

const cursorSchema = sweptSchema.extend({
  /** Where a run that had no more time left off in the minute. */
  after: indexedSchema.optional(),
  /** From that minute on events stand in a line: most had not begun at their first check. */
  lineSince: z.coerce.date().optional(),
});
export type Cursor = z.infer<typeof cursorSchema>;

const startOfMinute = (at: number): Date => new Date(Math.floor(at / minuteMs) * minuteMs);

/** The newest minute that may be read. */
export const lastSettledMinute = (now: Date): Date =>
  startOfMinute(now.getTime() - settledAfterMs - minuteMs);

/** A cursor that cannot be read begins anew: checking an event twice does no harm. */
export async function readCursor(
  source: string,
  shard: number,
  now: Date,
  deps: CursorDeps,
): Promise<Cursor> {
  const found = await deps.dynamodb.send(
    new GetCommand({ TableName: deps.stateTable, Key: sweptKey(source, shard) }),
  );
  const read = cursorSchema.safeParse(found.Item);
  return read.success ? read.data : { next: startOfMinute(now.getTime() - firstLookBackMs) };
}

/** Two sweepers may set it back for each other: events are then read twice, which is harmless. */
export async function moveCursor(
  source: string,
  shard: number,
  { next, after, lineSince, since, busy = [] }: Cursor,
  deps: CursorDeps,
): Promise<void> {
  const Item = {
    ...sweptKey(source, shard),
    next: next.toISOString(),
    ...(after ? { after } : {}),
    ...(lineSince ? { lineSince: lineSince.toISOString() } : {}),
    ...(since ? { since: since.toISOString() } : {}),
    ...(busy.length > 0 ? { busy } : {}),
  };
  await deps.dynamodb.send(new PutCommand({ TableName: deps.stateTable, Item }));
}
