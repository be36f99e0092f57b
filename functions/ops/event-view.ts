import type { Entry, EventState } from '../ledger/entry.ts';
import { parseEventKey, type EventKey } from '../ledger/keys.ts';
import { laneOf, type NotedRecord } from '../ledger/ledger.ts';
import type { Note } from '../ledger/note.ts';

/** An event as operators see it. What is undefined is left out; times are ISO 8601. */
export interface EventView {
  readonly source: string;
  readonly eventId: string;
  /** Absent, with everything else that the EVENT item says, once the body has expired. */
  readonly type: string | undefined;
  readonly lane: string | undefined;
  readonly state: EventState;
  /** How often the handler was started, over all generations. */
  readonly attempts: number;
  /** Copies that arrived after the first; of an event with more than 2,000 notes, those among the newest of them. */
  readonly duplicates: number;
  readonly acceptedAt: Date | undefined;
  /** When the newest entry was written. */
  readonly changedAt: Date | undefined;
  /** When the body may be forgotten. */
  readonly expiresAt: Date | undefined;
  readonly correlationId: string | undefined;
  /** The ARN of whoever signed it for IAM. */
  readonly sender: string | undefined;
  /** What of type, lane and version it lacked although its source names where it stands. */
  readonly lacks: readonly string[] | undefined;
  readonly bodySha256: string | undefined;
  readonly bodyBytes: number | undefined;
  readonly generation: number;
  readonly replay: number;
  /** Of the last attempt that recorded one, however it went on. */
  readonly lastError: { readonly name: string; readonly message: string } | undefined;
  /** Why it is in its state, where that says more than the state. */
  readonly reason: string | undefined;
  readonly result: unknown;
  /** When a retry is due. */
  readonly nextAt: Date | undefined;
  readonly leaseUntil: Date | undefined;
}

/** Undefined: there never was such an event. */
export function eventView(key: EventKey, record: NotedRecord): EventView | undefined {
  const { event, entries, notes } = record;
  const names = parseEventKey(key);
  if (!names || (event === undefined && entries.length === 0)) return undefined;
  const newest = entries.at(-1);
  return {
    ...names,
    type: event?.type,
    lane: laneOf(record),
    state: newest?.state ?? 'pending',
    attempts: entries.filter(({ state }) => state === 'processing').length,
    duplicates: notes.filter(isCopy).length,
    acceptedAt: event?.acceptedAt,
    changedAt: newest?.at,
    expiresAt: event?.expiresAt,
    correlationId: event?.correlationId,
    sender: event?.sender,
    lacks: event?.lacks,
    bodySha256: event?.bodySha256,
    bodyBytes: event?.bodyBytes,
    generation: newest?.generation ?? 0,
    replay: newest?.replay ?? 0,
    lastError: entries.map(errorOf).findLast((error) => error !== undefined),
    reason: newest && reasonOf(newest),
    result: newest?.state === 'processed' ? newest.result : undefined,
    nextAt: newest?.state === 'retrying' ? newest.nextAt : undefined,
    leaseUntil: newest?.state === 'processing' ? newest.leaseUntil : undefined,
  };
}

/** A copy that came after the body had expired is one too; it was stored as new, and not run. */
const isCopy = ({ what }: Note): boolean => what === 'duplicate' || what === 'late-copy';

const errorOf = (entry: Entry) => ('error' in entry ? entry.error : undefined);

/** What an entry says of why it was written. */
export function reasonOf(entry: Entry): string | undefined {
  switch (entry.state) {
    case 'failed':
      return entry.error ? `${entry.cause}: ${described(entry.error)}` : entry.cause;
    case 'retrying':
      return described(entry.error);
    case 'quarantined':
      return entry.error && described(entry.error);
    case 'superseded':
      return `${entry.reason}, compared to ${entry.comparedTo}`;
    case 'waiting':
    case 'ignored':
    case 'discarded':
    case 'resolved':
    case 'reopened':
      return entry.reason;
    case 'processing':
    case 'processed':
      return undefined;
  }
}

const described = ({ name, message }: { readonly name: string; readonly message: string }): string =>
  `${name}: ${message}`;
