import { randomUUID } from 'node:crypto';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { none, source } from '../functions/index.ts';
import { noBodies } from '../functions/ledger/body-store.ts';
import { createCore } from '../functions/runtime/core.ts';
import { countAttention } from '../functions/sweeper/metrics.ts';
import type { RememberedCursors } from '../functions/sweeper/cursor.ts';
import { sweep } from '../functions/sweeper/sweep.ts';
import type { TestDatabase } from '../test/support/dynamodb.ts';
import { Meter, type Consumption } from './consumption.ts';

const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

/** As many runs as it takes until all that is stored now and then has been stored once. */
const runs = 10;

/** One run of the sweeper, a minute after the one before, where nothing happens: the mean of ten. */
export async function measureIdleSweep(database: TestDatabase, sourceCount: number): Promise<Consumption> {
  const meter = new Meter();
  const client = meter.client(database.endpoint);
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
  const remembered: RememberedCursors = new Map();
  const run = async () => {
    const deadline = new Date(now.getTime() + 50_000);
    await sweep({
      ...core,
      sources,
      visibilityTimeoutSeconds: 40,
      deadLetterUrl: 'dlq',
      deadline,
      remembered,
    });
    await countAttention(core);
  };
  // The first one reads the last hour, and leaves its cursors.
  await run();
  meter.take();
  for (let n = 0; n < runs; n++) {
    now = new Date(now.getTime() + 60_000);
    await run();
  }
  client.destroy();
  const { requests, writeUnits, readUnits } = meter.take();
  return {
    requests: Object.fromEntries(Object.entries(requests).map(([name, count]) => [name, count / runs])),
    writeUnits: writeUnits / runs,
    readUnits: readUnits / runs,
  };
}
