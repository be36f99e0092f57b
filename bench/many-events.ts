import { randomUUID } from 'node:crypto';
import { PutCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { raiseAttention } from '../functions/lane/attention.ts';
import { createLaneStore } from '../functions/lane/lane-store.ts';
import { busyHourItem, hourMs, startOfHour, sweptKey } from '../functions/ledger/busy-hours.ts';
import { noBodies } from '../functions/ledger/body-store.ts';
import { eventKey, shardOf, shardsPerMinute } from '../functions/ledger/keys.ts';
import { createLedger } from '../functions/ledger/ledger.ts';

export const sourceNames = ['billing', 'orders', 'shipping'] as const;

export const bigLane = 'billing#the-largest';
const minuteMs = 60_000;

/** What every so many events are: failed and holding their lane, retrying with its turn, of the one large lane; the rest was processed. */
const everyNth = { failed: 50, retrying: 50, ofBigLane: 20, rejection: 10 } as const;

export interface ManyEvents {
  /** Over which the events are spread, up to now. */
  readonly days: number;
  readonly dynamodb: Pick<DynamoDBDocumentClient, 'send'>;
  readonly tables: { readonly ledgerTable: string; readonly stateTable: string };
  /** Called at every so many events. */
  readonly tell?: (events: number) => void;
}

/** Writes a ledger of so many events, all items made by the production code. */
export async function writeManyEvents(
  count: number,
  now: Date,
  { days, dynamodb, tables, tell }: ManyEvents,
): Promise<void> {
  let clock = now;
  const deps = {
    dynamodb,
    ...tables,
    objects: noBodies,
    now: () => clock,
    newId: randomUUID,
    sleep: () => Promise.resolve(),
  };
  const ledger = createLedger(deps);
  const lanes = createLaneStore(deps);
  const busy = new BusyMinutes();
  const raw = Buffer.from(
    JSON.stringify({ order: 'ord_1', total: 1999, currency: 'EUR', note: 'x'.repeat(200) }),
  );

  for (let n = 0; n < count; n++) {
    const source = sourceNames[n % sourceNames.length] ?? 'billing';
    const acceptedAt = new Date(
      now.getTime() - days * 24 * hourMs + Math.floor((n / count) * days * 24 * hourMs),
    );
    const eventId = `evt-${String(n).padStart(7, '0')}`;
    const key = eventKey(source, eventId);
    const isRetrying = n % everyNth.retrying === 1;
    const isFailed = n % everyNth.failed === 0;
    const isOfBigLane = source === 'billing' && !isFailed && !isRetrying && n % everyNth.ofBigLane === 3;
    const lane = isOfBigLane ? bigLane : `${source}#${isFailed || isRetrying ? eventId : n % 20_011}`;
    clock = acceptedAt;
    await ledger.accept({
      source,
      eventId,
      type: n % 3 === 0 ? 'paid' : 'created',
      lane,
      raw,
      headers: { 'content-type': 'application/json', 'user-agent': 'bench' },
      acceptedAt,
      expiresAt: new Date(acceptedAt.getTime() + 90 * 24 * hourMs),
      correlationId: eventId,
      nonce: randomUUID(),
    });
    busy.add(source, acceptedAt, shardOf(lane, shardsPerMinute));
    const begun = await ledger.append(key, undefined, {
      state: 'processing',
      actor: 'processor',
      attempt: 1,
      lane,
      leaseUntil: acceptedAt,
      worker: 'bench',
    });
    const newest = begun.kind === 'appended' ? begun.entry : undefined;
    const error = { name: 'Error', message: 'the shop answered 500' };
    if (isFailed) {
      const reason = 'attempts-exhausted';
      const raised = { key, source, lane, reason, at: acceptedAt, entry: 2 } as const;
      const held = lanes.change(undefined, { lane, turn: key, waiting: 0 });
      await ledger.append(
        key,
        newest,
        { state: 'failed', actor: 'processor', cause: reason, error },
        { lane: [held.item], upkeep: [raiseAttention(tables.stateTable, raised)] },
      );
    } else if (isRetrying) {
      const dueAt = new Date(now.getTime() + 24 * hourMs + n);
      const waits = lanes.change(undefined, { lane, turn: key, waiting: 0, dueAt });
      await ledger.append(
        key,
        newest,
        { state: 'retrying', actor: 'processor', nextAt: dueAt, parked: true, error },
        { lane: [waits.item] },
      );
    } else await ledger.append(key, newest, { state: 'processed', actor: 'processor', durationMs: 12 });
    if (n % everyNth.rejection === 0) {
      const requestId = `req-${n}`;
      await ledger.reject({
        source,
        at: acceptedAt,
        requestId,
        cause: 'wrong-signature',
        status: 401,
        bodyBytes: 10,
        ip: '192.0.2.1',
      });
    }
    if (n % 100_000 === 0) tell?.(n);
  }
  for (const Item of busy.items(now, days))
    await dynamodb.send(new PutCommand({ TableName: tables.stateTable, Item }));
}

/** As the sweeper writes them down. */
class BusyMinutes {
  readonly #minutes = new Map<string, Set<number>>();

  add(source: string, at: Date, shard: number): void {
    const hour = `${source}|${startOfHour(at).toISOString()}|${shard}`;
    const minutes = this.#minutes.get(hour) ?? new Set();
    this.#minutes.set(hour, minutes.add(at.getUTCMinutes()));
  }

  *items(now: Date, days: number): Generator<Record<string, unknown>> {
    const next = new Date(Math.floor(now.getTime() / minuteMs) * minuteMs);
    for (const [name, minutes] of this.#minutes) {
      const [source = '', hour = '', shard] = name.split('|');
      const inOrder = [...minutes].sort((a, b) => a - b);
      const isCurrent = hour === startOfHour(next).toISOString();
      if (!isCurrent) yield busyHourItem(source, Number(shard), new Date(hour), inOrder);
    }
    for (const source of sourceNames)
      for (let shard = 0; shard < shardsPerMinute; shard++)
        yield {
          ...sweptKey(source, shard),
          next: next.toISOString(),
          since: new Date(now.getTime() - days * 24 * hourMs).toISOString(),
          busy: [...(this.#minutes.get(`${source}|${startOfHour(next).toISOString()}|${shard}`) ?? [])],
        };
  }
}
