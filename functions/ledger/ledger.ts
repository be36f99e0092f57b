import { PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { TransactItem } from '../handler-api/handler.ts';
import { append, type Alongside, type AppendDeps, type AppendOutcome } from './append.ts';
import { packBody, unpackBody, type ObjectStore } from './body-store.ts';
import { parseEntry, type Entry, type NewEntry } from './entry.ts';
import { parseEventItem, toEventItem, type AcceptedEvent, type StoredEvent } from './event.ts';
import {
  entriesOnly,
  eventAndEntries,
  eventKey,
  eventSortKey,
  everythingOfAnEvent,
  rejectionPartition,
  sha256Hex,
  type EventKey,
} from './keys.ts';
import { parseNote, toNoteItem, type NewNote, type Note } from './note.ts';
import { putOnce } from './put-once.ts';
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
}

/** The lane of an event: what its first entry says, whatever lane a body names that came again after the first had expired. */
export const laneOf = ({ event, entries }: EventRecord): string | undefined =>
  entries[0]?.lane ?? event?.lane;

export interface Ledger {
  /** Stores an event unless one of its key is there; large bodies go to the bucket first. */
  accept(event: AcceptedEvent): Promise<AcceptOutcome>;
  /** The event and its entries in one consistent query, to the last page. */
  read(key: EventKey): Promise<EventRecord>;
  /** The newest entry, consistently read. */
  newest(key: EventKey): Promise<Entry | undefined>;
  /** The event, its entries and its notes. */
  readWithNotes(key: EventKey): Promise<EventRecord & { readonly notes: readonly Note[] }>;
  /** The bytes as they were received; undefined where the bucket no longer has them. */
  readBody(event: StoredEvent): Promise<Uint8Array | undefined>;
  /** See `append`. */
  append(key: EventKey, entry: NewEntry, alongside?: Alongside): Promise<AppendOutcome>;
  /** An audit item without a number: a duplicate, a fenced write, a refused action. */
  note(key: EventKey, note: NewNote): Promise<void>;
  /** A note as an item of somebody's transaction. */
  notePut(key: EventKey, note: NewNote): TransactItem;
  /** A request that never became an event. Kept 90 days. */
  reject(rejection: Rejection): Promise<void>;
}

const rejectionRetentionSeconds = 90 * 24 * 3600;

export function createLedger(deps: LedgerDeps): Ledger {
  const { dynamodb, ledgerTable } = deps;

  async function query(key: EventKey, range: { from: string; to: string }, newestOnly = false) {
    const items: Record<string, unknown>[] = [];
    let start: Record<string, unknown> | undefined;
    do {
      const page = await dynamodb.send(
        new QueryCommand({
          TableName: ledgerTable,
          KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
          ExpressionAttributeValues: { ':pk': key, ':from': range.from, ':to': range.to },
          ConsistentRead: true,
          ...(newestOnly ? { ScanIndexForward: false, Limit: 1 } : {}),
          ...(start ? { ExclusiveStartKey: start } : {}),
        }),
      );
      items.push(...(page.Items ?? []));
      start = newestOnly ? undefined : page.LastEvaluatedKey;
    } while (start);
    return items;
  }

  async function readWithNotes(key: EventKey, range: { from: string; to: string }) {
    const items = await query(key, range);
    const eventItem = items.find(({ sk }) => sk === eventSortKey);
    const startsWith = (prefix: string) =>
      items.filter(({ sk }) => typeof sk === 'string' && sk.startsWith(prefix));
    return {
      event: eventItem && parseEventItem(eventItem),
      entries: startsWith('LOG#').map(parseEntry),
      notes: startsWith('NOTE#').map(parseNote),
    };
  }

  async function newest(key: EventKey): Promise<Entry | undefined> {
    const [item] = await query(key, entriesOnly, true);
    return item && parseEntry(item);
  }

  /** Puts an item whose key nobody else can have chosen: where it is taken, by our own write, whose answer was lost. */
  async function putOwn(item: Record<string, unknown>) {
    try {
      await dynamodb.send(new PutCommand(putOnce(ledgerTable, item)));
    } catch (error) {
      if (!conditionFailure(error)) throw error;
    }
  }

  return {
    async accept(event) {
      const key = eventKey(event.source, event.eventId);
      const item = toEventItem(event, await packBody(event.raw, key, deps.objects));
      try {
        await dynamodb.send(new PutCommand(putOnce(ledgerTable, item)));
        return { kind: 'accepted' };
      } catch (error) {
        const failure = conditionFailure(error);
        if (!failure?.item) throw error;
        const stored = parseEventItem(failure.item);
        if (stored.nonce === event.nonce) return { kind: 'accepted' };
        const sameBody = stored.bodySha256 === sha256Hex(event.raw);
        return { kind: 'duplicate', stored, newest: await newest(key), sameBody };
      }
    },

    read: (key) => readWithNotes(key, eventAndEntries),
    readWithNotes: (key) => readWithNotes(key, everythingOfAnEvent),
    newest,
    readBody: (event) => unpackBody(event, deps.objects),
    append: (key, entry, alongside = {}) => append(key, entry, alongside, deps),

    async note(key, note) {
      await putOwn(toNoteItem(key, { ...note, at: deps.now() }, deps.newId()));
    },

    notePut: (key, note) => ({
      Put: putOnce(ledgerTable, toNoteItem(key, { ...note, at: deps.now() }, deps.newId())),
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
