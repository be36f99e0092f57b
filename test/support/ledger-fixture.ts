import { randomUUID } from 'node:crypto';
import type { Entry, NewEntry } from '../../functions/ledger/entry.ts';
import type { AcceptedEvent } from '../../functions/ledger/event.ts';
import { createLedger, type Ledger } from '../../functions/ledger/ledger.ts';
import type { ObjectStore } from '../../functions/ledger/body-store.ts';
import type { EventKey } from '../../functions/ledger/keys.ts';
import type { Dynamo } from './intercept.ts';

export const acceptedAt = new Date('2026-11-24T10:00:00.000Z');

/** A bucket in memory. */
export function memoryObjects(): ObjectStore & { readonly kept: Map<string, Uint8Array> } {
  const kept = new Map<string, Uint8Array>();
  return {
    kept,
    put: async (key, data) => void kept.set(key, data),
    get: async (key) => kept.get(key),
  };
}

/** A ledger whose pauses are recorded instead of waited for. */
export function ledgerOn(
  dynamodb: Dynamo,
  ledgerTable: string,
  options: { readonly objects?: ObjectStore; readonly now?: () => Date } = {},
): { readonly ledger: Ledger; readonly pausesMs: number[] } {
  const pausesMs: number[] = [];
  const ledger = createLedger({
    dynamodb,
    ledgerTable,
    objects: options.objects ?? memoryObjects(),
    now: options.now ?? (() => acceptedAt),
    newId: randomUUID,
    sleep: async (ms) => void pausesMs.push(ms),
  });
  return { ledger, pausesMs };
}

/** An event of its own, unless told otherwise. */
export function anEvent(fields: Partial<AcceptedEvent> = {}): AcceptedEvent {
  const eventId = fields.eventId ?? `evt-${randomUUID()}`;
  return {
    source: 'acme',
    eventId,
    type: 'invoice.paid',
    lane: 'acme#customer-1',
    raw: Buffer.from(JSON.stringify({ id: eventId })),
    headers: { 'content-type': 'application/json' },
    acceptedAt,
    expiresAt: new Date(acceptedAt.getTime() + 90 * 24 * 3600 * 1000),
    correlationId: 'corr-1',
    nonce: randomUUID(),
    ...fields,
  };
}

type Fields<State extends Entry['state']> = Partial<Extract<NewEntry, { state: State }>>;

/** The first attempt of an event, unless told otherwise. */
export const processing = (fields: Fields<'processing'> = {}): NewEntry => ({
  state: 'processing',
  actor: 'processor/1',
  attempt: 1,
  leaseUntil: new Date(acceptedAt.getTime() + 30_000),
  worker: 'processor/1',
  ...fields,
});

export const processed = (fields: Fields<'processed'> = {}): NewEntry => ({
  state: 'processed',
  actor: 'processor/1',
  durationMs: 12,
  ...fields,
});

/** Appends one entry after the other, each to the one before; returns the last. */
export async function appendAll(
  { ledger }: { readonly ledger: Pick<Ledger, 'append' | 'newest'> },
  key: EventKey,
  ...entries: readonly NewEntry[]
): Promise<Entry | undefined> {
  let newest = await ledger.newest(key);
  for (const entry of entries) {
    const outcome = await ledger.append(key, newest, entry);
    if (outcome.kind !== 'appended') throw new Error(`the ledger says ${outcome.kind}`);
    newest = outcome.entry;
  }
  return newest;
}
