import { join } from 'node:path';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { callAwsJson } from '../../local/aws-json.ts';
import { startDynamoDb } from '../../local/dynamodb/dynamodb.ts';
import { freePort } from '../../local/loopback.ts';
import { temporaryFolder } from './fixtures/temporary-folder.ts';

const folder = temporaryFolder();
const orders = { partitionKey: 'pk', timeToLive: 'expiresAt' };
const quiet = { tables: { orders }, log: () => undefined, onRestart: () => undefined };

const Tables = z.object({ TableNames: z.array(z.string()) });

test('makes the tables, as often as it is started, in a database that runs elsewhere too', async () => {
  const own = await startDynamoDb({
    endpoint: undefined,
    port: await freePort(0),
    file: join(folder, 'own.db'),
    ...quiet,
  });
  const elsewhere = await startDynamoDb({
    endpoint: own.endpoint,
    port: 0,
    file: join(folder, 'unused.db'),
    ...quiet,
  });

  const listed = await callAwsJson(own.endpoint, 'DynamoDB_20120810.ListTables', {});

  expect(elsewhere.endpoint).toBe(own.endpoint);
  expect(elsewhere.pid()).toBeUndefined();
  expect(Tables.parse(listed).TableNames.sort()).toEqual([
    'hooklane-ledger',
    'hooklane-orders',
    'hooklane-state',
  ]);
  await own.close();
});

test('adds the indexes that a data folder of an older version has not', async () => {
  const own = await startDynamoDb({
    endpoint: undefined,
    port: await freePort(0),
    file: join(folder, 'older.db'),
    ...quiet,
  });
  const call = (action: string, input: object) =>
    callAwsJson(own.endpoint, `DynamoDB_20120810.${action}`, { TableName: 'hooklane-state', ...input });
  await call('DeleteTable', {});
  const names = ['pk', 'sk'];
  await call('CreateTable', {
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: names.map((name) => ({ AttributeName: name, AttributeType: 'S' })),
    KeySchema: names.map((name, at) => ({ AttributeName: name, KeyType: ['HASH', 'RANGE'][at] })),
  });
  const item = { pk: { S: 'LANE#1' }, sk: { S: 'LANE' }, due: { S: '7' }, dueAt: { S: '2026' } };
  await call('PutItem', { Item: item });

  await startDynamoDb({ endpoint: own.endpoint, port: 0, file: join(folder, 'unused.db'), ...quiet });

  const found = await call('Query', {
    IndexName: 'by-due',
    KeyConditionExpression: 'due = :due',
    ExpressionAttributeValues: { ':due': { S: '7' } },
  });
  expect(found).toMatchObject({ Items: [item] });
  await own.close();
});

test('says which endpoint does not answer', async () => {
  const endpoint = `http://127.0.0.1:${await freePort(0)}`;

  const started = startDynamoDb({ endpoint, port: 0, file: join(folder, 'none.db'), ...quiet });

  await expect(started).rejects.toMatchObject({
    name: 'StartError',
    message: `No tables in the DynamoDB at ${endpoint}: fetch failed`,
  });
});
