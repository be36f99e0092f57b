import { randomUUID } from 'node:crypto';
import config from '#config';
import handlers from '#handlers';
import type { Handler, WebhookEvent } from 'hooklane';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventKey } from '../../../../functions/ledger/keys.ts';
import { findHandler } from '../../../../functions/config/find-handler.ts';
import { readEvents } from '../../../../functions/sources/read-events.ts';
import { applyPayment } from '../../../../handlers/orders/apply-payment.ts';
import { orderStore, type OrderStore } from '../../../../handlers/orders/order-store.ts';
import { statuses, type Status } from '../../../../handlers/orders/order.ts';
import type { PaymentEvent } from '../../../../handlers/orders/payment.ts';
import { startTestDatabase, type TestDatabase } from '../../../support/dynamodb.ts';
import { startWorld, type World } from '../../../support/world.ts';
import { paymentBody } from '../../../support/payment-body.ts';

const payments = config.sources.payments;

describe('the source of payments', () => {
  test('keeps to what its senders were promised', () => {
    expect(payments).toMatchObject({
      verify: { name: 'bearer' },
      retry: { attempts: 5, delaysSeconds: [5, 10, 30, 60, 120] },
      duplicates: { status: 409 },
      rateLimit: { perMinute: 1000, per: 'ip' },
    });
  });

  test('holds the lane of an order whose payment failed, and waits for what has to come first', () => {
    expect(payments).toMatchObject({
      onExhausted: 'hold',
    });
  });

  test.each([
    ['pending', 'created'],
    ['paid', 'paid'],
    ['failed', 'failed'],
    ['refunded', 'refunded'],
    ['cancelled', 'cancelled'],
  ] as const)('reads a payment that is %s as the type %s', async (status, type) => {
    expect(await eventOf(randomUUID(), status)).toMatchObject({ type });
  });

  test.each(statuses)('hands a payment that is %s to the order', async (status) => {
    const event = await eventOf(randomUUID(), status);

    expect(findHandler(handlers.byPattern, event)).toBe(applyPayment);
  });
});

describe('payments of one order', () => {
  let database: TestDatabase;
  let orders: OrderStore;
  let world: World;
  beforeAll(async () => {
    database = await startTestDatabase();
    orders = orderStore(database.dynamodb, await database.table('orders'));
    const handler: Handler = (event, ctx) => applyPayment(event as WebhookEvent<PaymentEvent>, ctx, orders);
    world = await startWorld(database, { sources: { payments }, handlers: { 'payments/*': handler } });
  });
  afterAll(() => database.close());

  test.each(permutations<Status>(['pending', 'paid', 'refunded']))(
    'G3: that arrive as %s, %s, %s end in the same order with the same events',
    async (...arrival) => {
      const id = randomUUID();

      for (const status of arrival) {
        await arrive(id, status);
        await world.run(0);
      }
      await world.run(60);

      const { order, events } = (await orders.history(id))!;
      expect(order).toMatchObject({ amount: '99.9', status: 'refunded', version: 2 });
      expect(events.map(({ version, from, to, txnId }) => [version, from, to, txnId])).toEqual([
        [1, 'pending', 'paid', `paid-${id}`],
        [2, 'paid', 'refunded', `refunded-${id}`],
      ]);
      expect(await finals(id, arrival)).toEqual(['processed', 'processed', 'processed']);
    },
  );

  test('G3: wait behind one whose amount differs, until somebody has looked at it', async () => {
    const id = randomUUID();
    for (const [status, amount] of [
      ['pending', 99.9],
      ['paid', 1],
      ['refunded', 99.9],
    ] as const) {
      await arrive(id, status, amount);
    }

    await world.run();

    expect(await finals(id, ['pending', 'paid', 'refunded'])).toEqual(['processed', 'failed', 'waiting']);
    expect(await orders.read(id)).toMatchObject({ status: 'pending', version: 0 });
  });

  async function arrive(id: string, status: Status, amount = 99.9) {
    await world.arrive(await eventOf(id, status, amount));
  }

  const finals = (id: string, order: readonly Status[]) =>
    Promise.all(
      order.map(
        async (status) => (await world.ledger.newest(eventKey('payments', `${status}-${id}`)))?.state,
      ),
    );
});

/** A payment as ingest reads it. */
async function eventOf(orderId: string, status: Status, amount = 99.9) {
  const body = paymentBody({ order_uuid: orderId, txn_id: `${status}-${orderId}`, status, amount });
  const read = await readEvents({
    sourceName: 'payments',
    source: payments,
    body,
    raw: Buffer.from(JSON.stringify(body)),
    headers: { 'content-type': 'application/json' },
    acceptedAt: new Date('2026-11-24T10:00:00.000Z'),
  });
  if (read.kind !== 'events') throw new Error(JSON.stringify(read.issues));
  return read.events[0]!;
}

function permutations<T>(items: readonly T[]): T[][] {
  if (items.length === 0) return [[]];
  return items.flatMap((item, at) => permutations(items.toSpliced(at, 1)).map((rest) => [item, ...rest]));
}
