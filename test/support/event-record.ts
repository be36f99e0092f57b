import type { Entry, EntryState } from '../../functions/ledger/entry.ts';
import type { StoredEvent } from '../../functions/ledger/event.ts';
import type { NotedRecord } from '../../functions/ledger/ledger.ts';
import type { Note } from '../../functions/ledger/note.ts';

const start = Date.parse('2026-11-24T10:00:00Z');
export const second = (n: number): Date => new Date(start + n * 1000);

/** An event as it is read with its notes. */
export const recordOf = (over: Partial<NotedRecord> = {}): NotedRecord => ({
  event: stored(),
  entries: [],
  notes: [],
  lettersOf: [],
  more: false,
  ...over,
});

export const stored = (over: Partial<StoredEvent> = {}): StoredEvent => ({
  source: 'acme',
  eventId: 'e/1',
  type: 'order.paid',
  lane: 'acme#o1',
  bodySha256: 'aa',
  bodyBytes: 12,
  headers: {},
  acceptedAt: second(0),
  expiresAt: second(90 * 24 * 3600),
  correlationId: 'c-1',
  nonce: 'n',
  ...over,
});

type Of<S extends EntryState> = Extract<Entry, { state: S }>;
type Own<S extends EntryState> = Omit<Of<S>, keyof typeof common | 'state' | 'number' | 'at'>;

const common = { actor: 'processor', generation: 0, replay: 0, attempt: 1, nonce: 'n' };

/** Entry number `number`, written that many seconds after the start unless said otherwise. */
export const entry = <S extends EntryState>(
  number: number,
  state: S,
  own: Own<S> & { at?: Date; attempt?: number; generation?: number; actor?: string; lane?: string },
) => ({ ...common, number, at: second(number), state, ...own });

export const attempt = { leaseUntil: second(60), worker: 'w-1' };

export const note = (what: Note['what'], atSecond: number, over: Partial<Note> = {}): Note => ({
  at: second(atSecond),
  actor: 'ingest',
  what,
  ...over,
});
