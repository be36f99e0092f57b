import * as z from 'zod';
import type { TransactItem } from '../handler-api/handler.ts';
import { isEventKey, shardOf, type EventKey } from '../ledger/keys.ts';

export const watchShards = 4;

export const watchPartition = (shard: number): string => `WATCH#${shard}`;

/** The sweeper looks again after 5 minutes, and after twice as long each time, up to 6 hours. */
export const shortestWatchSeconds = 300;
export const longestWatchSeconds = 6 * 3600;

/** A promised message is looked for after this long, so that with the sweeper's minute it is found within five. */
export const promisedWithinSeconds = 180;

/** Makes the sweeper look at an event at a time, whatever became of whoever promised to move it on. */
export const watchSchema = z.object({
  key: z.custom<EventKey>(isEventKey),
  lane: z.string(),
  dueAt: z.coerce.date(),
  /** How long the event was given; the next watch gives it twice that. */
  intervalSeconds: z.number(),
  /** Number of the event's newest entry when this was written; a higher one means progress since. 0 for none. */
  entryNumber: z.number(),
});

export type Watch = z.infer<typeof watchSchema>;

/** Watch items of a shard that are due at `now` sort before this. */
export const dueBefore = (now: Date): string => `due#${now.toISOString()}~`;

/** Sorts by the time it is due. */
const itemKey = ({ key, dueAt }: Pick<Watch, 'key' | 'dueAt'>) => ({
  pk: watchPartition(shardOf(key, watchShards)),
  sk: `due#${dueAt.toISOString()}#${key}`,
});

/** When a new watch is due, and what it gives the event then. */
export const firstWatch = (
  now: Date,
  afterSeconds = shortestWatchSeconds,
): Pick<Watch, 'dueAt' | 'intervalSeconds'> => ({
  dueAt: new Date(now.getTime() + afterSeconds * 1000),
  intervalSeconds: shortestWatchSeconds,
});

/** No condition: it never makes a transaction fail. */
export const armWatch = (stateTable: string, watch: Watch): TransactItem => ({
  Put: { TableName: stateTable, Item: { ...itemKey(watch), ...watch, dueAt: watch.dueAt.toISOString() } },
});

export const disarmWatch = (stateTable: string, watch: Pick<Watch, 'key' | 'dueAt'>): TransactItem => ({
  Delete: { TableName: stateTable, Key: itemKey(watch) },
});
