import type { TransactItem } from '../handler-api/handler.ts';
import { shardOf, type EventKey } from '../ledger/keys.ts';

export const watchShards = 4;

export const watchPartition = (shard: number): string => `WATCH#${shard}`;

/** The sweeper looks again after 5 minutes, and after twice as long each time, up to 6 hours. */
export const shortestWatchSeconds = 300;

/** A promised message is looked for after this long, so that with the sweeper's minute it is found within five. */
export const promisedWithinSeconds = 180;

/** Makes the sweeper look at an event at a time, whatever became of whoever promised to move it on. */
export interface Watch {
  readonly key: EventKey;
  readonly lane: string;
  readonly dueAt: Date;
  /** How long the event was given; the next watch gives it twice that. */
  readonly intervalSeconds: number;
  /** Number of the event's newest entry when this was written; a higher one means progress since. 0 for none. */
  readonly entryNumber: number;
}

/** Sorts by the time it is due. */
const itemKey = ({ key, dueAt }: Pick<Watch, 'key' | 'dueAt'>) => ({
  pk: watchPartition(shardOf(key, watchShards)),
  sk: `due#${dueAt.toISOString()}#${key}`,
});

/** No condition: it never makes a transaction fail. */
export const armWatch = (stateTable: string, watch: Watch): TransactItem => ({
  Put: { TableName: stateTable, Item: { ...itemKey(watch), ...watch, dueAt: watch.dueAt.toISOString() } },
});

export const disarmWatch = (stateTable: string, watch: Pick<Watch, 'key' | 'dueAt'>): TransactItem => ({
  Delete: { TableName: stateTable, Key: itemKey(watch) },
});
