import { shardOf } from '../ledger/keys.ts';

/** Partitions of the index of what is due. */
export const dueShards = 4;

export const dueIndex = 'by-due';

export const duePartition = (shard: number): string => `DUE#${shard}`;

/** A promised message is looked for after this long, so that with the sweeper's minute it is found within five. */
export const promisedWithinSeconds = 180;

/** Makes the sweeper look at an item of the State table at a time, whatever became of whoever promised something. Undefined: never. */
export const dueAttributes = (name: string, dueAt: Date | undefined): { due?: string; dueAt?: string } =>
  dueAt === undefined ? {} : { due: duePartition(shardOf(name, dueShards)), dueAt: dueAt.toISOString() };

/** The earlier of two times; undefined is never. */
export const sooner = (a: Date | undefined, b: Date | undefined): Date | undefined =>
  a === undefined || (b !== undefined && b < a) ? b : a;

export const after = (now: Date, seconds: number): Date => new Date(now.getTime() + seconds * 1000);
