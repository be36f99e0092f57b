import { afterAll, beforeAll, expect, it } from 'vitest';
import { raiseAttention } from '../../../functions/lane/attention.ts';
import { eventKey } from '../../../functions/ledger/keys.ts';
import { countAttention } from '../../../functions/sweeper/metrics.ts';
import { TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { startTestDatabase, type TestDatabase } from '../../support/dynamodb.ts';
import { startedAt } from '../../support/world.ts';

let database: TestDatabase;
beforeAll(async () => void (database = await startTestDatabase()));
afterAll(() => database.close());

it('counts the attention list in all its shards', async () => {
  const { dynamodb } = database;
  const stateTable = await database.table('state');
  const items = Array.from({ length: 12 }, (_, n) =>
    raiseAttention(stateTable, {
      key: eventKey('acme', `e${n}`),
      source: 'acme',
      lane: 'acme#c1',
      reason: 'gap',
      at: startedAt,
      entry: 1,
    }),
  );

  expect(await countAttention({ dynamodb, stateTable })).toBe(0);
  await dynamodb.send(new TransactWriteCommand({ TransactItems: items }));
  expect(await countAttention({ dynamodb, stateTable })).toBe(12);
});
