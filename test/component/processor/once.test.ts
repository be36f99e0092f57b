import { setTimeout as sleep } from 'node:timers/promises';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { Context } from 'aws-lambda';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { localClientConfig } from '../../../local/client-config.ts';
import type { EventKey } from '../../../functions/ledger/keys.ts';
import { onceFor } from '../../../functions/processor/once.ts';
import { startTestDatabase, type TestDatabase } from '../../support/dynamodb.ts';

let database: TestDatabase;
let dynamodb: DynamoDBClient;
let stateTable: string;
beforeAll(async () => {
  database = await startTestDatabase();
  dynamodb = new DynamoDBClient(localClientConfig(database.endpoint));
  stateTable = await database.table('state');
});
afterAll(async () => {
  dynamodb.destroy();
  await database.close();
});

const sources = { acme: { retentionDays: 7 }, archive: { retentionDays: 365 } };

/** `ctx.once` of an attempt that has so much time left. */
function onceOf(event: EventKey, { replay = 0, remainingMs = 30_000 } = {}) {
  const lambda: Pick<Context, 'getRemainingTimeInMillis'> = { getRemainingTimeInMillis: () => remainingMs };
  return onceFor(event, replay, { dynamodb, stateTable, sources, lambda: lambda as Context });
}

/** A step that counts its runs and can be told to fail. */
function step(returns: { readonly result: unknown } = { result: { charge: 'ch_1' } }) {
  const counted = { runs: 0, fails: false };
  const fn = async () => {
    counted.runs++;
    if (counted.fails) throw new Error('the bank is closed');
    return returns.result;
  };
  return { counted, fn };
}

it('G5: does not run a finished step again in a later attempt, and gives its result', async () => {
  const { counted, fn } = step({ result: { charge: 'ch_1', nested: [1, 'two', null] } });

  const first = await onceOf('acme#1')('charge', fn);
  const second = await onceOf('acme#1')('charge', fn);

  expect([first, second]).toEqual(Array(2).fill({ charge: 'ch_1', nested: [1, 'two', null] }));
  expect(counted.runs).toBe(1);
});

it.each([
  ['nothing', undefined],
  ['null', null],
  ['a text', 'ch_1'],
  ['a number', 7],
  ['what DynamoDB cannot hold', { id: 2 ** 60, tiny: 1e-200 }],
])('remembers a step that returned %s', async (what, result) => {
  const { counted, fn } = step({ result });
  const key: EventKey = `acme#returned-${what}`;

  await onceOf(key)('charge', fn);
  const again = await onceOf(key)('charge', fn);

  expect(again).toEqual(result);
  expect(counted.runs).toBe(1);
});

it('runs each step, each event and each replay by itself', async () => {
  const { counted, fn } = step();

  await onceOf('acme#2')('charge', fn);
  await onceOf('acme#2')('mail', fn);
  await onceOf('acme#3')('charge', fn);
  await onceOf('acme#2', { replay: 1 })('charge', fn);

  expect(counted.runs).toBe(4);
});

it('runs a step again that failed, and throws what it threw', async () => {
  const { counted, fn } = step();
  counted.fails = true;

  const failed = onceOf('acme#4')('charge', fn);
  await expect(failed).rejects.toThrow('the bank is closed');
  counted.fails = false;
  await onceOf('acme#4')('charge', fn);

  expect(counted.runs).toBe(2);
});

it('G5: runs a step once where two attempts meet at it; the other throws, and so comes back', async () => {
  const { counted, fn } = step();
  const slow = async () => {
    const result = await fn();
    await sleep(200);
    return result;
  };

  const outcomes = await Promise.allSettled([
    onceOf('acme#5')('charge', slow),
    onceOf('acme#5')('charge', slow),
  ]);

  expect(counted.runs).toBe(1);
  expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  expect(await onceOf('acme#5')('charge', slow)).toEqual({ charge: 'ch_1' });
});

it('runs a step again, but not before its attempt is over, that vanished in the middle', async () => {
  const { counted, fn } = step();
  const vanished = async () => {
    await fn();
    return await new Promise<never>(() => undefined);
  };
  void onceOf('acme#6', { remainingMs: 400 })('charge', vanished);
  await expect.poll(() => counted.runs).toBe(1);

  const early = onceOf('acme#6')('charge', fn);
  await expect(early).rejects.toThrow();
  await sleep(500);
  const late = await onceOf('acme#6')('charge', fn);

  expect(late).toEqual({ charge: 'ch_1' });
  expect(counted.runs).toBe(2);
});

const circular: { self?: unknown } = {};
circular.self = circular;

it.each([
  ['refers to itself', circular, 'circular'],
  ['has a bigint', { id: 1n }, 'BigInt'],
  ['is too large', 'x'.repeat(400_000), '400013 bytes'],
])('G5: does not run a step again whose result %s, and says so at once', async (what, result, reason) => {
  const { counted, fn } = step({ result });
  const key: EventKey = `acme#unkept-${what}`;

  const first = onceOf(key)('charge', fn);
  await expect(first).rejects.toMatchObject({
    name: 'PermanentError',
    message: expect.stringContaining(reason) as string,
  });
  const again = onceOf(key)('charge', fn);
  await expect(again).rejects.toThrow('the step "charge" has run and does not run again');

  expect(counted.runs).toBe(1);
});

it('refuses a step without a name', async () => {
  const { counted, fn } = step();

  await expect(onceOf('acme#7')('', fn)).rejects.toThrow('needs the name');

  expect(counted.runs).toBe(0);
});

it.each<[EventKey, number]>([
  ['acme#8', 90],
  ['archive#8', 365],
])('G5: keeps what it remembers of %s as long as that may be redriven: %i days', async (key, keptDays) => {
  await onceOf(key)('charge', step().fn);

  const { Items = [] } = await database.dynamodb.send(
    new QueryCommand({
      TableName: stateTable,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': `ONCE#${key}#0` },
    }),
  );
  const days = (Number(Items[0]?.expiresAt) - Date.now() / 1000) / (24 * 3600);
  expect(Items).toHaveLength(1);
  expect(days).toBeGreaterThan(keptDays - 1);
  expect(days).toBeLessThan(keptDays + 1);
});
