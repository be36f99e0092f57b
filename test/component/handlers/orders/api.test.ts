import { randomUUID } from 'node:crypto';
import { TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import * as z from 'zod';
import { answer, handler } from '../../../../handlers/orders/api.ts';
import { orderStore, type OrderStore } from '../../../../handlers/orders/order-store.ts';
import { startTestDatabase, type TestDatabase } from '../../../support/dynamodb.ts';

const now = new Date('2026-11-24T10:00:00.000Z');
let database: TestDatabase;
let orders: OrderStore;

beforeAll(async () => {
  database = await startTestDatabase();
  orders = orderStore(database.dynamodb, await database.table('orders'));
});
afterAll(() => database.close());

describe('POST /orders', () => {
  test('creates a pending order under the id it was given', async () => {
    const id = randomUUID();

    const response = await post({ id, amount: '12.50', metadata: { customer: { number: 7 } } });

    const order = {
      id,
      amount: 12.5,
      status: 'pending',
      version: 0,
      metadata: { customer: { number: 7 } },
      createdAt: now.toISOString(),
    };
    expect(response).toMatchObject({ status: 201, body: order, headers: { location: `/orders/${id}` } });
    expect(await get(id)).toMatchObject({ status: 200, body: order });
  });

  test('makes an id where none was given', async () => {
    const response = await post({ amount: 5 });

    expect(response.status).toBe(201);
    expect(await get(String(response.body['id']))).toMatchObject({ status: 200, body: response.body });
  });

  test('answers a repeated request with the order as it is now', async () => {
    const id = randomUUID();
    await post({ id, amount: 10, metadata: { a: 1, b: 2 } });
    await pay(id);

    const response = await post({ id: id.toUpperCase(), amount: '10.00', metadata: { b: 2, a: 1 } });

    expect(response).toMatchObject({ status: 200, body: { id, status: 'paid', version: 1 } });
  });

  test.each([{ amount: 11 }, { amount: 10, metadata: { a: 2 } }])(
    'refuses other content under a known id, and keeps the first (%j)',
    async (other) => {
      const id = randomUUID();
      await post({ id, amount: 10, metadata: { a: 1 } });

      const response = await post({ id, ...other });

      expect(response).toMatchObject({ status: 409, headers: problemJson, body: { status: 409 } });
      expect((await get(id)).body).toMatchObject({ amount: 10, metadata: { a: 1 } });
    },
  );

  test('lets one of two different orders win that are created at the same time', async () => {
    const id = randomUUID();

    const responses = await Promise.all([1, 2, 3, 4, 5].map((amount) => post({ id, amount })));

    expect(responses.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409]);
  });

  test.each([
    [{ amount: 0 }, 'amount'],
    [{}, 'amount'],
    [{ amount: 1, id: 'one' }, 'id'],
    [{ amount: 1, metadata: 'text' }, 'metadata'],
    [{ amount: 1, metdata: {} }, ''],
    [[], ''],
    [null, ''],
  ])('refuses %j and names the path', async (body, path) => {
    const response = await post(body);

    expect(response).toMatchObject({ status: 400, headers: problemJson, body: { errors: [{ path }] } });
  });

  test('names the field that it does not know', async () => {
    const response = await post({ amount: 1, metdata: {} });

    expect(response.body).toMatchObject({ errors: [{ message: 'has unknown names: metdata' }] });
  });

  test.each([
    ['an empty body', {}],
    ['a truncated body', { body: '{"amount": 1' }],
    [
      'a body that is not UTF-8',
      {
        body: Buffer.from('{"amount":1,"metadata":{"name":"\xff"}}', 'latin1').toString('base64'),
        isBase64Encoded: true,
      },
    ],
    [
      'a body that is nested without end',
      { body: `{"amount":1,"metadata":${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}}` },
    ],
  ])('refuses %s', async (_, fields) => {
    const response = await request('POST /orders', fields);

    expect(response).toMatchObject({ status: 400, headers: problemJson });
  });

  test('reads a body that arrives in base64', async () => {
    const body = Buffer.from('{"amount":3,"metadata":{"name":"Zoë"}}').toString('base64');

    const response = await request('POST /orders', { body, isBase64Encoded: true });

    expect(response).toMatchObject({ status: 201, body: { metadata: { name: 'Zoë' } } });
  });
});

describe('GET /orders/{id}/events', () => {
  test('lists the moves of the order, oldest first', async () => {
    const id = randomUUID();
    await post({ id, amount: 10 });
    await pay(id);

    const response = await request('GET /orders/{id}/events', { pathParameters: { id } });

    expect(response).toMatchObject({
      status: 200,
      body: {
        items: [
          {
            version: 1,
            from: 'pending',
            to: 'paid',
            reason: 'test',
            txnId: 'txn_1',
            metadata: { fraction: 1e300 },
            at: now.toISOString(),
          },
        ],
      },
    });
  });

  test('is empty for a new order', async () => {
    const id = randomUUID();
    await post({ id, amount: 10 });

    const response = await request('GET /orders/{id}/events', { pathParameters: { id } });

    expect(response).toMatchObject({ status: 200, body: { items: [] } });
  });
});

describe.each(['GET /orders/{id}', 'GET /orders/{id}/events'])('%s', (routeKey) => {
  test('answers 404 for an order that does not exist', async () => {
    const response = await request(routeKey, { pathParameters: { id: randomUUID() } });

    expect(response).toMatchObject({ status: 404, headers: problemJson });
  });

  test.each(['1', "' or 1=1", ''])('answers 400 for the id %j', async (id) => {
    const response = await request(routeKey, { pathParameters: { id } });

    expect(response).toMatchObject({ status: 400, headers: problemJson });
  });
});

describe('handler', () => {
  afterEach(() => vi.restoreAllMocks());

  test('answers 503 without a word about the cause when the table cannot be reached', async () => {
    const logged = vi.spyOn(console, 'error').mockReturnValue(undefined);

    const response = await handler(event('GET /orders/{id}', { pathParameters: { id: randomUUID() } }));

    expect(response).toMatchObject({ statusCode: 503, headers: { ...problemJson, 'retry-after': '5' } });
    expect(response.body).not.toContain('ORDERS_TABLE');
    expect(logged).toHaveBeenCalledOnce();
  });
});

const problemJson = { 'content-type': 'application/problem+json' };

const get = (id: string) => request('GET /orders/{id}', { pathParameters: { id } });
const post = (body: unknown) => request('POST /orders', { body: JSON.stringify(body) });

async function request(routeKey: string, fields: Partial<APIGatewayProxyEventV2>) {
  const { statusCode, headers, body } = await answer(event(routeKey, fields), {
    orders,
    now: () => now,
    newId: randomUUID,
  });
  return { status: statusCode, headers, body: z.record(z.string(), z.unknown()).parse(JSON.parse(body!)) };
}

async function pay(id: string): Promise<void> {
  const order = (await orders.read(id))!;
  const TransactItems = orders.moveItems(order, {
    version: 1,
    from: 'pending',
    to: 'paid',
    reason: 'test',
    txnId: 'txn_1',
    metadata: { fraction: 1e300 },
    at: now,
  });
  await database.dynamodb.send(new TransactWriteCommand({ TransactItems }));
}

function event(routeKey: string, fields: Partial<APIGatewayProxyEventV2>): APIGatewayProxyEventV2 {
  return {
    version: '2.0',
    routeKey,
    rawPath: '/orders',
    rawQueryString: '',
    headers: {},
    isBase64Encoded: false,
    requestContext: {
      accountId: '000000000000',
      apiId: 'api',
      domainName: '127.0.0.1',
      domainPrefix: 'api',
      http: {
        method: 'POST',
        path: '/orders',
        protocol: 'HTTP/1.1',
        sourceIp: '127.0.0.1',
        userAgent: 'test',
      },
      requestId: 'request',
      routeKey,
      stage: '$default',
      time: '24/Nov/2026:10:00:00 +0000',
      timeEpoch: now.getTime(),
    },
    ...fields,
  };
}
