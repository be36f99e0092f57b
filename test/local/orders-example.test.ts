import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as z from 'zod';
import { startCloud, type Cloud } from '../../local/start-cloud.ts';
import { observe, post } from './fixtures/sink-cloud.ts';
import { temporaryFolder } from './fixtures/temporary-folder.ts';

let cloud: Cloud;
let seen: ReturnType<typeof observe>;
const dataFolder = temporaryFolder();
beforeAll(async () => {
  cloud = await startCloud({ dataFolder, port: 0, drainMs: 0 });
  seen = observe(cloud);
});
afterAll(async () => {
  seen.close();
  await cloud.close();
});

type Status = 'pending' | 'paid' | 'refunded' | 'cancelled';

async function pay(order: string, status: Status, amount = 99.9, txn = randomUUID()) {
  const body = {
    order_uuid: order,
    txn_id: txn,
    status,
    amount,
    timestamp: '2026-11-24T10:00:00Z',
    webhook_source: 'bank',
    correlation_id: `c-${txn}`,
    metadata: { channel: 'card' },
  };
  const authorization = `Bearer ${cloud.secrets['payments']?.[0] ?? ''}`;
  return { event: `payments#${txn}`, ...(await post(cloud.url, 'payments', body, { authorization })) };
}

async function get(path: string): Promise<unknown> {
  const response = await fetch(`${cloud.url}${path}`);
  return await response.json();
}

const History = z.object({
  items: z.array(z.object({ from: z.string(), to: z.string(), version: z.number(), txnId: z.string() })),
});
const historyOf = async (order: string) =>
  History.parse(await get(`/orders/${order}/events`)).items.map(({ from, to }) => `${from} → ${to}`);

test('an order is created by its first payment, paid and refunded; an illegal move is ignored, and each move has its event', async () => {
  const order = randomUUID();

  const created = await pay(order, 'pending');
  const paid = await pay(order, 'paid');
  const again = await pay(order, 'paid');
  const refunded = await pay(order, 'refunded');
  const tooLate = await pay(order, 'cancelled');

  expect([created.status, created.body]).toMatchObject([
    202,
    { status: 'queued', message: 'Webhook received and queued', webhook_log_id: created.event },
  ]);
  await seen.untilRest([created, paid, again, refunded, tooLate].map(({ event }) => event));
  expect(await seen.stateOf(paid.event)).toBe('processed');
  const ignored = (await seen.record(tooLate.event)).entries.at(-1);
  expect(ignored).toMatchObject({
    state: 'ignored',
    reason: 'an order that is refunded cannot become cancelled',
  });
  expect((await seen.record(again.event)).entries.at(-1)).toMatchObject({
    state: 'ignored',
    reason: 'the order is paid already',
  });
  expect(await get(`/orders/${order}`)).toMatchObject({
    id: order,
    status: 'refunded',
    version: 2,
    amount: 99.9,
  });
  expect(await historyOf(order)).toEqual(['pending → paid', 'paid → refunded']);
});

test('G2: the same transaction again is a 409 in the words of the source, with its result once there is one', async () => {
  const order = randomUUID();
  const txn = randomUUID();
  const first = await pay(order, 'pending', 10, txn);
  await seen.untilRest([first.event]);

  const second = await pay(order, 'pending', 10, txn);

  expect(second).toMatchObject({
    status: 409,
    body: { status: 'duplicate', txn_id: txn, state: 'processed' },
  });
});

test('G7: a payment of another amount is refused, never adopted, and holds its order until somebody has looked', async () => {
  const order = randomUUID();
  await pay(order, 'pending', 10);

  const differing = await pay(order, 'paid', 11);
  const next = await pay(order, 'paid', 10);

  await seen.untilState(differing.event, 'failed');
  expect((await seen.record(differing.event)).entries.at(-1)).toMatchObject({
    cause: 'permanent-error',
    error: { message: 'the payment is of 11, the order of 10' },
  });
  await seen.untilState(next.event, 'waiting');
  expect(await get(`/orders/${order}`)).toMatchObject({ status: 'pending', amount: 10 });
});

test('an order made by request is there once, as often as it is asked for', async () => {
  const id = randomUUID();
  const create = (amount: number) =>
    fetch(`${cloud.url}/orders`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ id, amount }),
    });

  const statuses = [];
  for (const amount of [5, 5, 6]) statuses.push((await create(amount)).status);

  expect(statuses).toEqual([201, 200, 409]);
  expect(await get(`/orders/${id}`)).toMatchObject({ id, amount: 5, status: 'pending' });
  expect(await get(`/orders/${id}/events`)).toEqual({ items: [] });
});

test('an order made by request is paid within seconds of its payment; one whose payment came first is paid once it is created', async () => {
  const [made, late] = [randomUUID(), randomUUID()];
  await fetch(`${cloud.url}/orders`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ id: made, amount: 99.9 }),
  });

  const startedAt = performance.now();
  const paid = await pay(made, 'paid');
  await seen.untilRest([paid.event]);
  console.log(`paid ${((performance.now() - startedAt) / 1000).toFixed(2)} s after it was sent`);
  const early = await pay(late, 'paid');
  await seen.untilState(early.event, 'waiting');
  const created = await pay(late, 'pending');
  await seen.untilRest([early, created].map(({ event }) => event));

  for (const id of [made, late]) expect(await historyOf(id)).toEqual(['pending → paid']);
});

test('G3: created, paid and refunded end the same in each of their six orders of arrival, for 20 orders each', async () => {
  const permutations: readonly (readonly Status[])[] = [
    ['pending', 'paid', 'refunded'],
    ['pending', 'refunded', 'paid'],
    ['paid', 'pending', 'refunded'],
    ['paid', 'refunded', 'pending'],
    ['refunded', 'pending', 'paid'],
    ['refunded', 'paid', 'pending'],
  ];
  const orders = permutations.flatMap((statuses) =>
    Array.from({ length: 20 }, () => ({ id: randomUUID(), statuses })),
  );
  const events: string[] = [];
  const left = orders.values();

  const sender = async () => {
    for (const { id, statuses } of left) {
      for (const status of statuses) {
        const sent = await pay(id, status);
        expect(sent.status).toBe(202);
        events.push(sent.event);
      }
    }
  };
  await Promise.all(Array.from({ length: 8 }, sender));

  await seen.untilRest(events, 60_000);
  const ends = new Set<string>();
  for (const { id } of orders) {
    const { status, version } = z
      .object({ status: z.string(), version: z.number() })
      .parse(await get(`/orders/${id}`));
    ends.add(JSON.stringify([status, version, await historyOf(id)]));
  }
  expect([...ends]).toEqual([JSON.stringify(['refunded', 2, ['pending → paid', 'paid → refunded']])]);
}, 90_000);
