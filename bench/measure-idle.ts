import { randomUUID } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { none, source } from '../functions/index.ts';
import { noBodies } from '../functions/ledger/body-store.ts';
import { createCore } from '../functions/runtime/core.ts';
import { countAttention } from '../functions/sweeper/count-attention.ts';
import { sweep } from '../functions/sweeper/sweep.ts';
import type { TestDatabase } from '../test/support/dynamodb.ts';
import { Meter, type Consumption } from './consumption.ts';

const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

/** One run of the sweeper, a minute after the one before, where nothing happens. */
export async function measureIdleSweep(database: TestDatabase, sourceCount: number): Promise<Consumption> {
  const meter = new Meter();
  const client = new DynamoDBClient({
    endpoint: database.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  meter.watch(client);
  const [ledgerTable, stateTable] = [await database.table('ledger'), await database.table('state')];
  let now = new Date('2026-11-24T10:00:00Z');
  const core = createCore({
    dynamodb: DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } }),
    sqs: { send: () => Promise.reject(new Error('an idle sweeper asks no queue')) },
    ledgerTable,
    stateTable,
    queueUrl: 'lanes',
    feederUrl: 'feeder',
    objects: noBodies,
    log: silent,
    now: () => now,
    newId: randomUUID,
    sleep: () => Promise.resolve(),
  });
  const sources = Object.fromEntries(
    Array.from({ length: sourceCount }, (_, n) => [`source-${n}`, source({ verify: none(), id: 'id' })]),
  );
  const run = async () => {
    const deadline = new Date(now.getTime() + 50_000);
    await sweep({ ...core, sources, visibilityTimeoutSeconds: 40, deadLetterUrl: 'dlq', deadline });
    await countAttention(core);
  };
  // The first one reads the last hour, and leaves its cursors.
  await run();
  now = new Date(now.getTime() + 60_000);
  meter.take();
  await run();
  client.destroy();
  return meter.take();
}
