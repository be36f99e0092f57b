import { randomUUID } from 'node:crypto';
import { TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import fc from 'fast-check';
import { PermanentError, type HandlerContext, type TransactItem, type WebhookEvent } from 'hooklane';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { applyPayment } from '../../../../handlers/orders/apply-payment.ts';
import { orderStore, type OrderStore } from '../../../../handlers/orders/order-store.ts';
import { newOrder, statuses } from '../../../../handlers/orders/order.ts';
import { PaymentEvent } from '../../../../handlers/orders/payment.ts';
import { startTestDatabase, type TestDatabase } from '../../../support/dynamodb.ts';
import { paymentBody } from '../../../support/payment-body.ts';

const now = new Date('2026-11-24T10:00:00.000Z');
let database: TestDatabase;
let orders: OrderStore;

beforeAll(async () => {
  database = await startTestDatabase();
  orders = orderStore(database.dynamodb, await database.table('orders'));
});
afterAll(() => database.close());

describe('a payment', () => {
  test('moves the order and records the move in one transaction', async () => {
    const id = await anOrder();
    const payment = paymentOf(id, { txn_id: 'txn_7', status: 'paid' });

    const { result, items } = await run(payment);
    await commit(items);

    expect(result).toEqual({ order: id, from: 'pending', to: 'paid', version: 1 });
    expect(items).toHaveLength(2);
    expect(await orders.history(id)).toEqual({
      order: { ...(await orders.read(id)), status: 'paid', version: 1 },
      events: [
        {
          version: 1,
          from: 'pending',
          to: 'paid',
          reason: 'payment-provider reported paid',
          txnId: 'txn_7',
          metadata: { method: 'card' },
          at: now,
        },
      ],
    });
  });

  test('hands over nothing and is ignored with the reason when the move is illegal', async () => {
    const id = randomUUID();
    await orders.create({ ...newOrderOf(id), status: 'cancelled' });

    const { result, items } = await run(paymentOf(id, { status: 'refunded' }));

    expect(result).toEqual({ ignored: 'an order that is cancelled cannot become refunded' });
    expect(items).toEqual([]);
  });

  test('that refunds what is not paid yet waits for that', async () => {
    const id = await anOrder();

    const attempt = run(paymentOf(id, { status: 'refunded' }));

    await expect(attempt).rejects.toMatchObject({ name: 'WaitFor', types: ['paid'] });
  });

  test('fails for good, and changes nothing, when its amount is not the amount of the order', async () => {
    const id = await anOrder();

    const attempt = run(paymentOf(id, { amount: 99.91 }));

    await expect(attempt).rejects.toThrow(PermanentError);
    expect(await orders.read(id)).toMatchObject({ amount: '99.9', status: 'pending', version: 0 });
  });

  test.each(statuses.filter((status) => status !== 'pending'))(
    'that is %s, of an order that does not exist yet, waits for it',
    async (status) => {
      const attempt = run(paymentOf(randomUUID(), { status }));

      await expect(attempt).rejects.toMatchObject({ name: 'WaitFor', types: ['created'] });
    },
  );

  test('that is pending creates an order that does not exist', async () => {
    const id = randomUUID();

    const { result, items } = await run(paymentOf(id, { status: 'pending', metadata: { cart: 7 } }));
    await commit(items);

    expect(result).toEqual({ order: id, to: 'pending', version: 0 });
    expect(await orders.history(id)).toEqual({
      order: { id, amount: '99.9', status: 'pending', version: 0, metadata: { cart: 7 }, createdAt: now },
      events: [],
    });
  });

  test('that is pending is ignored where the order exists', async () => {
    const id = await anOrder();

    const { result, items } = await run(paymentOf(id, { status: 'pending' }));

    expect(result).toEqual({ ignored: 'the order is pending already' });
    expect(items).toEqual([]);
  });

  test('that is pending fails for good where the order exists with another amount', async () => {
    const id = await anOrder();

    const attempt = run(paymentOf(id, { status: 'pending', amount: 99.91 }));

    await expect(attempt).rejects.toThrow(PermanentError);
  });

  test('loses against an order that was created after it found none, and leaves that one as it is', async () => {
    const id = randomUUID();
    const late = await run(paymentOf(id, { status: 'pending', amount: 1 }));
    await orders.create(newOrderOf(id));

    const attempt = commit(late.items);

    await expect(attempt).rejects.toThrow(/ConditionalCheckFailed/);
    expect(await orders.read(id)).toEqual(newOrderOf(id));
  });

  test('loses against a move that was made after it read the order, whole', async () => {
    const id = await anOrder();
    const late = await run(paymentOf(id, { txn_id: 'late', status: 'failed' }));
    const first = await run(paymentOf(id, { txn_id: 'first', status: 'paid' }));
    await commit(first.items);

    const attempt = commit(late.items);

    await expect(attempt).rejects.toThrow(/ConditionalCheckFailed/);
    const history = await orders.history(id);
    expect(history?.order).toMatchObject({ status: 'paid', version: 1 });
    expect(history?.events).toMatchObject([{ txnId: 'first' }]);
  });

  test('loses against any newer version of the order, even one without an event', async () => {
    const id = await anOrder();
    const late = await run(paymentOf(id));
    const [onlyOrder] = orders.moveItems((await orders.read(id))!, {
      version: 7,
      from: 'pending',
      to: 'cancelled',
      reason: 'by hand',
      txnId: 'none',
      metadata: {},
      at: now,
    });
    await commit([onlyOrder!]);

    const attempt = commit(late.items);

    await expect(attempt).rejects.toThrow(/ConditionalCheckFailed/);
    expect(await orders.history(id)).toMatchObject({
      order: { status: 'cancelled', version: 7 },
      events: [],
    });
  });

  test('never rewrites an order event, even under an order row that fell back', async () => {
    const id = await anOrder();
    const stale = await run(paymentOf(id, { txn_id: 'again' }));
    const [, onlyEvent] = (await run(paymentOf(id, { txn_id: 'first' }))).items;
    await commit([onlyEvent!]);

    const attempt = commit(stale.items);

    await expect(attempt).rejects.toThrow(/ConditionalCheckFailed/);
    expect((await orders.history(id))?.events).toMatchObject([{ txnId: 'first' }]);
  });

  test('leaves order and events consistent after any sequence of payments, some of them run at the same time', async () => {
    const step = fc.record({
      status: fc.constantFrom(...statuses),
      amount: fc.constantFrom(99.9, '99.90', 1),
      // Another payment that read the order at the same time and commits after this one.
      rival: fc.option(fc.constantFrom(...statuses)),
    });

    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 8 }), async (steps) => {
        const id = await anOrder();
        for (const { status, amount, rival } of steps) {
          const payments = [
            paymentOf(id, { status, amount }),
            ...(rival === null ? [] : [paymentOf(id, { status: rival })]),
          ];
          const attempts = await Promise.allSettled(payments.map(run));
          for (const attempt of attempts) {
            if (attempt.status === 'fulfilled') await commit(attempt.value.items).catch(() => undefined);
          }
        }

        const { order, events } = (await orders.history(id))!;
        expect(order.version).toBe(events.length);
        expect(order.amount).toBe('99.9');
        expect(order.status).toBe(events.at(-1)?.to ?? 'pending');
        expect(events.map(({ version }) => version)).toEqual(events.map((_, index) => index + 1));
        expect(events.map(({ from }) => from)).toEqual(
          events.map((_, index) => events[index - 1]?.to ?? 'pending'),
        );
      }),
      { numRuns: 50 },
    );
  });
});

const newOrderOf = (id: string) => newOrder({ id, amount: '99.9', metadata: {}, createdAt: now });

async function anOrder(): Promise<string> {
  const id = randomUUID();
  await orders.create(newOrderOf(id));
  return id;
}

function paymentOf(orderId: string, fields: Readonly<Record<string, unknown>> = {}): PaymentEvent {
  return PaymentEvent.parse(paymentBody({ order_uuid: orderId, txn_id: randomUUID(), ...fields }));
}

/** Runs the handler up to where Hooklane would settle. */
async function run(payment: PaymentEvent) {
  const items: TransactItem[] = [];
  const event: WebhookEvent<PaymentEvent> = {
    source: 'payments',
    eventId: payment.txn_id,
    type: payment.status,
    lane: `payments#${payment.order_uuid}`,
    body: payment,
    raw: Buffer.from(JSON.stringify(payment)),
    headers: {},
    acceptedAt: now,
  };
  const silent = () => undefined;
  const ctx: HandlerContext = {
    idempotencyKey: '0'.repeat(64),
    attempt: 1,
    correlationId: payment.correlation_id,
    signal: new AbortController().signal,
    log: { debug: silent, info: silent, warn: silent, error: silent },
    now: () => now,
    transact: (more) => items.push(...more),
    once: (_, fn) => fn(),
  };
  return { result: await applyPayment(event, ctx, orders), items };
}

async function commit(items: readonly TransactItem[]): Promise<void> {
  if (items.length > 0) await database.dynamodb.send(new TransactWriteCommand({ TransactItems: [...items] }));
}
