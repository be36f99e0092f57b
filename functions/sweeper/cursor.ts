import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { firstLookBackMs, sweptKey, sweptSchema } from '../ledger/busy-hours.ts';
import { eventSortKey, isEventKey, type EventKey } from '../ledger/keys.ts';
import type { Core } from '../runtime/core.ts';
import { begunWithinSeconds } from './decide-recovery.ts';

export const minuteMs = 60_000;

/** A minute is read once it has been over for so long. Its first event is found four minutes after it was accepted, at the latest. */
const settledAfterMs = begunWithinSeconds * 1000;

interface CursorDeps extends Pick<Core, 'dynamodb' | 'stateTable'> {
  readonly remembered?: RememberedCursors;
}

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
export interface Cursor extends z.infer<typeof cursorSchema> {
  /** `next` of what is stored, which may be behind by minutes without events. Undefined: nothing is. */
  readonly stored?: Date | undefined;
}

/** What a process knows beyond what is stored, by source and shard. */
export type RememberedCursors = Map<string, Cursor>;

/**
 * Minutes without events that need not be stored: the next process may read them again, and finds nothing once more. Storing every minute was a
 * fifth of what an idle month cost.
 */
const mostUnstoredMs = 10 * minuteMs;

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
  if (!read.success) return { next: startOfMinute(now.getTime() - firstLookBackMs) };
  const stored = { ...read.data, stored: read.data.next };
  const remembered = deps.remembered?.get(nameOf(source, shard));
  return remembered && remembered.next > stored.next ? { ...remembered, stored: stored.next } : stored;
}

const nameOf = (source: string, shard: number): string => `${source} ${shard}`;

/** `hadEvents`: whether there were any in what was read. Then it is stored, so that no event is checked again and again. */
export async function keepCursor(
  source: string,
  shard: number,
  cursor: Cursor,
  hadEvents: boolean,
  deps: CursorDeps,
): Promise<void> {
  deps.remembered?.set(nameOf(source, shard), cursor);
  const { next, stored } = cursor;
  const isFar = stored === undefined || next.getTime() - stored.getTime() >= mostUnstoredMs;
  if (hadEvents || isFar) await moveCursor(source, shard, cursor, deps);
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
