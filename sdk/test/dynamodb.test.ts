import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestDatabase, type TestDatabase } from '../../test/support/dynamodb.ts';
import { storeContract } from '../src/contract.ts';
import { createOnce, dynamodb } from '../src/index.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await startTestDatabase();
});
afterAll(() => database.close());

let made = 0;
async function fresh(options: { index?: string; clockToleranceMs?: number }) {
  const table = `consumer-${made++}`;
  const effects = dynamodb(database.dynamodb, { table: `${table}-effects` });
  await effects.migrate();
  const store = dynamodb(database.dynamodb, { table, ...options });
  await store.migrate();
  return {
    store,
    table,
    put: (value: string) => ({
      Put: { TableName: `${table}-effects`, Item: { pk: `${made++} ${value}`, value } },
    }),
    effects: async () => {
      const { Items = [] } = await database.dynamodb.send(new ScanCommand({ TableName: `${table}-effects` }));
      return Items.map((item) => String(item['value']));
    },
  };
}

for (const index of [undefined, 'by-state']) {
  describe(`DynamoDB store ${index === undefined ? 'without an index' : 'with an index'}`, () => {
    const contract = storeContract({
      async open() {
        const { store, put, effects } = await fresh({
          clockToleranceMs: 0,
          ...(index !== undefined && { index }),
        });
        return { store, effects, effect: async (db, value) => db.transact([put(value)]) };
      },
    });
    for (const { name, run } of contract) test(name, run);
  });
}

test("a condition of the handler's own item undoes all of it, and is the handler's failure", async () => {
  const { store, table, put, effects } = await fresh({});
  const taken = {
    Put: { TableName: table, Item: { pk: 'ENTRY#k' }, ConditionExpression: 'attribute_not_exists(pk)' },
  };
  const elsewhere = { Put: { ...taken.Put, TableName: `${table}-effects`, Item: { pk: 'taken' } } };
  await database.dynamodb.send(new (await import('@aws-sdk/lib-dynamodb')).PutCommand(elsewhere.Put));

  const outcome = await createOnce({ store })({ key: 'k' }, ({ db }) => db.transact([put('x'), elsewhere]));

  expect(outcome.kind).toBe('threw');
  expect(await effects()).toEqual(['undefined']);
  expect((await store.find('k'))?.state).toBe('pending');
});

test('believes a lease for longer than its end, for clocks that differ', async () => {
  const { store } = await fresh({ clockToleranceMs: 5000 });
  await store.insert({ key: 'k', owner: 'a', digest: undefined, onCrash: 'retry', leaseMs: 1 });

  expect((await store.find('k'))?.leaseLeftMs).toBeGreaterThan(4000);
});
