import { shardOf } from '../ledger/keys.ts';

/** Partitions of the index of what is due. */
export const dueShards = 4;

export const dueIndex = 'by-due';

export const duePartition = (shard: number): string => `DUE#${shard}`;

/** An event that has to wait longer than this leaves the queue: it waits in the ledger, and the sweeper sends it. */
export const longestInQueueSeconds = 120;

/** After this long the sweeper checks whether a promised message came; with the minute between its runs, a lost one is sent within five. */
export const promisedWithinSeconds = 180;

/** Makes the sweeper check an item of the State table at that time. Undefined: never. */
export const dueAttributes = (name: string, dueAt: Date | undefined): { due?: string; dueAt?: string } =>
  dueAt === undefined ? {} : { due: duePartition(shardOf(name, dueShards)), dueAt: dueAt.toISOString() };

/** The earlier of two times; undefined means never. */
export const sooner = (a: Date | undefined, b: Date | undefined): Date | undefined =>
  a === undefined || (b !== undefined && b < a) ? b : a;

/** The later of two times; undefined is no time. */
export const later = <T extends Date | undefined>(a: T, b: Date | undefined): T | Date =>
  b !== undefined && (a === undefined || b > a) ? b : a;

export const after = (now: Date, seconds: number): Date => new Date(now.getTime() + seconds * 1000);
