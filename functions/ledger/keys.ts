import { hash } from 'node:crypto';

/** `source#eventId`; a source's name holds no `#`. */
export type EventKey = `${string}#${string}`;

export const eventKey = (source: string, eventId: string): EventKey => `${source}#${eventId}`;

export function parseEventKey(key: string): { source: string; eventId: string } | undefined {
  const at = key.indexOf('#');
  if (at < 1 || at === key.length - 1) return undefined;
  return { source: key.slice(0, at), eventId: key.slice(at + 1) };
}

export const isEventKey = (value: unknown): value is EventKey =>
  typeof value === 'string' && parseEventKey(value) !== undefined;

export const eventSortKey = 'EVENT';
const entryPrefix = 'LOG#';

/** Six digits: a number that sorts. An event with a million entries is beyond any retry or redrive. */
const sixDigits = (number: number): string => String(number).padStart(6, '0');
export const entrySortKey = (number: number): string => `${entryPrefix}${sixDigits(number)}`;

export const isEntrySortKey = (sk: unknown): boolean => typeof sk === 'string' && sk.startsWith(entryPrefix);

/** The note about the dead letter of an entry. */
export const letterSortKey = (entry: number): string => `LETTER#${sixDigits(entry)}`;
/** Whose dead letter the note of this sort key is about; undefined: it is no such note. */
export const letterEntry = (sk: unknown): number | undefined =>
  typeof sk === 'string' && sk.startsWith('LETTER#') ? Number(sk.slice('LETTER#'.length)) : undefined;

/** Bounds of the one query that reads an event with all its entries and letters, and none of its other notes. */
export const eventAndEntries = { from: eventSortKey, to: `${entryPrefix}~` } as const;
export const entriesOnly = { from: entryPrefix, to: `${entryPrefix}~` } as const;
export const notesOnly = { from: 'NOTE#', to: 'NOTE#~' } as const;

export const noteSortKey = (at: Date, id: string): string => `NOTE#${at.toISOString()}#${id}`;

export const sha256Hex = (data: string | Uint8Array): string => hash('sha256', data);

/** Spreads keys over `shards` partitions; the same key always lands in the same one. */
export const shardOf = (key: string, shards: number): number =>
  hash('sha256', key, 'buffer').readUInt32BE(0) % shards;

/** Partitions of each minute of the by-time index, and of a day's rejections. */
export const shardsPerMinute = 4;

/** Partition of the by-time index: all events of a source, in one minute, of a quarter of its lanes. */
export const minuteKey = (source: string, acceptedAt: Date, shard: number): string =>
  `${source}#${acceptedAt.toISOString().slice(0, 16)}#${shard}`;

export const rejectionPartition = (source: string, at: Date, requestId: string): string =>
  rejectionShardPartition(source, at, shardOf(requestId, shardsPerMinute));

/** Requests of a source and day that became no event, a quarter of them. */
export const rejectionShardPartition = (source: string, at: Date, shard: number): string =>
  `REJECTED#${source}#${at.toISOString().slice(0, 10)}#${shard}`;
