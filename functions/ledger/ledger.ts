import { PutCommand } from '@aws-sdk/lib-dynamodb';
import type { TransactItem } from '../api/handler.ts';
import { append, type Alongside, type AppendDeps, type AppendOutcome } from './append.ts';
import { packBody, unpackBody, type ObjectStore } from './body-store.ts';
import { parseEntry, type Entry, type NewEntry } from './entry.ts';
import { parseEventItem, toEventItem, type AcceptedEvent, type StoredEvent } from './event.ts';
import {
  entriesOnly,
  eventAndEntries,
  eventKey,
  eventSortKey,
  isEntrySortKey,
  letterEntry,
  letterSortKey,
  noteSortKey,
  notesOnly,
  rejectionPartition,
  type EventKey,
} from './keys.ts';
import { parseNote, type NewNote, type Note } from './note.ts';
import { putOnce } from './put-once.ts';
import { queryPages } from './query-pages.ts';
import type { Rejection } from './rejection.ts';
import { conditionFailure } from './write-failure.ts';

export interface LedgerDeps extends AppendDeps {
  readonly objects: ObjectStore;
}

export type AcceptOutcome =
  | { readonly kind: 'accepted' }
  /** The first body stands. `newest` is undefined while nothing has happened to the event yet. */
  | {
      readonly kind: 'duplicate';
      readonly stored: StoredEvent;
      readonly newest: Entry | undefined;
      readonly sameBody: boolean;
    };

export interface EventRecord {
  /** Undefined where the event never was, or its body has expired and was removed. */
  readonly event: StoredEvent | undefined;
  /** Oldest first. */
  readonly entries: readonly Entry[];
  /** Numbers of the entries whose dead letter was met. */
  readonly lettersOf: readonly number[];
}

export type NotedRecord = EventRecord & { readonly notes: readonly Note[]; readonly more: boolean };

/** The lane of an event: what the first of its entries says that names one, whatever lane a body names that came again after the first had expired. */
export const laneOf = ({ event, entries }: EventRecord): string | undefined =>
  entries.find(({ lane }) => lane !== undefined)?.lane ?? event?.lane;

export interface Ledger {
  /** Stores an event unless one of its key is there; a large body goes to the bucket first. A stored one: one that is handed on. */
  accept(event: AcceptedEvent | StoredEvent): Promise<AcceptOutcome>;
  /** The event and its entries in one consistent query, to the last page. */
  read(key: EventKey): Promise<EventRecord>;
  /** The newest entry, consistently read. */
  newest(key: EventKey): Promise<Entry | undefined>;
  /** The event, its entries and its newest 2,000 notes, oldest first; `more`: it has others, which a sender in a loop makes. */
  readWithNotes(key: EventKey): Promise<NotedRecord>;
  /** The event as it was received: of one that was handed on, that which has its body. Undefined where that has expired. */
  original(event: StoredEvent): Promise<StoredEvent | undefined>;
  /** The bytes of an event as they were received; undefined where the bucket no longer has them, and of one that was handed on. */
  readBody(received: StoredEvent): Promise<Uint8Array | undefined>;
  /** See `append`. */
  append(
    key: EventKey,
    newest: Entry | undefined,
    entry: NewEntry,
    alongside?: Alongside,
  ): Promise<AppendOutcome>;
  /** An audit item without a number: a duplicate, a fenced write, a refused action. */
  note(key: EventKey, note: NewNote): Promise<void>;
  /** A note as an item for the caller's transaction. */
  notePut(key: EventKey, note: NewNote): TransactItem;
  /** The note about the dead letter of an entry, as an item of a transaction that only the first letter of it wins. */
  letterPut(key: EventKey, entry: number, note: NewNote): TransactItem;
  /** A request that never became an event. Kept 90 days. */
  reject(rejection: Rejection): Promise<void>;
}

const mostNotes = 2000;
const rejectionRetentionSeconds = 90 * 24 * 3600;

export function createLedger(deps: LedgerDeps): Ledger {
  const { dynamodb, ledgerTable } = deps;

  /** `most`: so many, the newest first. */
  async function query(key: EventKey, range: { from: string; to: string }, most?: number) {
    const items: Record<string, unknown>[] = [];
    const pages = queryPages(dynamodb, {
      TableName: ledgerTable,
      KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
      ExpressionAttributeValues: { ':pk': key, ':from': range.from, ':to': range.to },
      ConsistentRead: true,
      ...(most !== undefined && { ScanIndexForward: false, Limit: most }),
    });
    for await (const page of pages) {
      items.push(...page);
      if (most !== undefined && items.length >= most) break;
    }
    return items.slice(0, most);
  }

  async function read(key: EventKey) {
    const items = await query(key, eventAndEntries);
    const eventItem = items.find(({ sk }) => sk === eventSortKey);
    const entries = items.filter(({ sk }) => isEntrySortKey(sk)).map(parseEntry);
    const letters = items.filter(({ sk }) => letterEntry(sk) !== undefined);
    const record: EventRecord = {
      event: eventItem && parseEventItem(eventItem),
      entries,
      lettersOf: letters.flatMap(({ sk }) => letterEntry(sk) ?? []),
    };
    return { record, letters };
  }

  async function newest(key: EventKey): Promise<Entry | undefined> {
    const [item] = await query(key, entriesOnly, 1);
    return item && parseEntry(item);
  }

  function noteItem(key: EventKey, note: NewNote, letter?: string): Record<string, unknown> {
    const at = deps.now();
    return { pk: key, sk: letter ?? noteSortKey(at, deps.newId()), ...note, at: at.toISOString() };
  }

  /** Puts an item under a key that is made of random values. If the key is taken, our own write took it, and its answer was lost. */
  async function putOwn(item: Record<string, unknown>) {
    try {
      await dynamodb.send(new PutCommand(putOnce(ledgerTable, item)));
    } catch (error) {
      if (!conditionFailure(error)) throw error;
    }
  }

  async function packed({ raw, ...event }: AcceptedEvent, key: EventKey): Promise<StoredEvent> {
    return { ...event, ...(await packBody(raw, key, deps.objects)) };
  }

  async function original(event: StoredEvent): Promise<StoredEvent | undefined> {
    if (event.bodyOf === undefined) return event;
    const [item] = await query(event.bodyOf, { from: eventSortKey, to: eventSortKey });
    return item && parseEventItem(item);
  }

  return {
    async accept(event) {
      const key = eventKey(event.source, event.eventId);
      const own = 'raw' in event ? await packed(event, key) : event;
      try {
        await dynamodb.send(new PutCommand(putOnce(ledgerTable, toEventItem(own))));
        return { kind: 'accepted' };
      } catch (error) {
        const failure = conditionFailure(error);
        if (!failure?.item) throw error;
        const stored = parseEventItem(failure.item);
        if (stored.nonce === event.nonce) return { kind: 'accepted' };
        const sameBody = stored.bodySha256 === own.bodySha256;
        return { kind: 'duplicate', stored, newest: await newest(key), sameBody };
      }
    },

    read: async (key) => (await read(key)).record,

    async readWithNotes(key) {
      const [{ record, letters }, notes] = await Promise.all([read(key), query(key, notesOnly, mostNotes)]);
      return {
        ...record,
        notes: [...letters, ...notes.reverse()].map(parseNote),
        more: notes.length === mostNotes,
      };
    },

    newest,
    original,
    readBody: (received) => unpackBody(received, deps.objects),
    append: (key, newest, entry, alongside = {}) => append(key, newest, entry, alongside, deps),

    note: (key, note) => putOwn(noteItem(key, note)),
    notePut: (key, note) => ({ Put: putOnce(ledgerTable, noteItem(key, note)) }),
    letterPut: (key, entry, note) => ({
      Put: putOnce(ledgerTable, noteItem(key, note, letterSortKey(entry))),
    }),

    async reject({ at, ...rejection }) {
      const item = {
        pk: rejectionPartition(rejection.source, at, rejection.requestId),
        sk: `${at.toISOString()}#${rejection.requestId}`,
        ...rejection,
        at: at.toISOString(),
        expiresAt: Math.floor(at.getTime() / 1000) + rejectionRetentionSeconds,
      };
      await putOwn(item);
    },
  };
}
