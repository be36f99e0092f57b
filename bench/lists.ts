/**
 * `npm run bench:lists`: a ledger of a million events, made directly, and what the lists of the operations API cost on it: time, requests and read
 * units of the first and the hundredth page, and memory while a list is paged through to its end. `--data DIR` keeps it for the next run.
 */
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { none, source } from 'hooklane';
import * as z from 'zod';
import { noBodies } from '../functions/ledger/body-store.ts';
import type { OperationsDeps } from '../functions/ops/deps.ts';
import { operations } from '../functions/ops/operations.ts';
import { readQuery } from '../functions/ops/operations-request.ts';
import { createCore } from '../functions/runtime/core.ts';
import { localClientConfig } from '../local/client-config.ts';
import { startDynamoDb } from '../local/dynamodb/dynamodb.ts';
import { freePort } from '../local/loopback.ts';
import { Meter } from './consumption.ts';
import { ExportWriter } from './export-writer.ts';

import { bigLane, sourceNames, writeManyEvents } from './many-events.ts';

const { values } = parseArgs({
  options: { events: { type: 'string', default: '1000000' }, data: { type: 'string' } },
});
const quiet = () => undefined;
const folder = values.data ?? (await mkdtemp(join(tmpdir(), 'hooklane-lists-')));
await mkdir(folder, { recursive: true });
const complete = join(folder, 'complete');
const isMade = existsSync(complete);
/** Lists are asked for at the time at which the ledger was written. */
const now = isMade ? new Date(await readFile(complete, 'utf8')) : new Date();

const startDatabase = async (file: string) =>
  await startDynamoDb({
    endpoint: undefined,
    port: await freePort(8230),
    file: join(folder, file),
    tables: {},
    log: quiet,
    onRestart: quiet,
  });

if (!isMade) {
  const began = performance.now();
  const tell = (what: string) => console.log(`${((performance.now() - began) / 1000).toFixed(0)} s  ${what}`);
  const writer = new ExportWriter(join(folder, 'export'));
  await writeManyEvents(Number(values.events), now, writer, (written) => tell(`${written} items written`));
  const empty = await startDatabase('empty.db');
  await writer.import(join(folder, 'tables.db'), empty.endpoint);
  await empty.close();
  await writeFile(complete, now.toISOString());
  tell('imported');
}
const database = await startDatabase('tables.db');

const meter = new Meter();
const client = meter.client(database.endpoint);

const deps: OperationsDeps = {
  ...createCore({
    dynamodb: DynamoDBDocumentClient.from(client),
    sqs: new SQSClient(localClientConfig(database.endpoint)),
    ledgerTable: 'hooklane-ledger',
    stateTable: 'hooklane-state',
    queueUrl: 'none',
    objects: noBodies,
    log: { debug: quiet, info: quiet, warn: quiet, error: console.error },
    now: () => now,
    newId: randomUUID,
    sleep: () => Promise.resolve(),
  }),
  version: 'bench',
  deadLetterUrl: 'none',
  sources: Object.fromEntries(sourceNames.map((name) => [name, source({ verify: none(), id: 'id' })])),
  secretOf: () => Promise.resolve({ isPresent: true, changedAt: undefined }),
};

const answerSchema = z.object({ items: z.array(z.unknown()), cursor: z.string().optional() });

async function page(target: string, cursor: string | undefined) {
  const [path = '', query = ''] = target.split('?');
  const asked = { ...readQuery(query), ...(cursor !== undefined && { cursor }) };
  meter.take();
  const began = performance.now();
  const { statusCode, body = '' } = await operations(
    { method: 'GET', path, query: asked, body: '', actor: 'bench' },
    deps,
  );
  const ms = performance.now() - began;
  if (statusCode !== 200) throw new Error(`${target}: ${statusCode} ${body}`);
  const { requests, readUnits } = meter.take();
  const made = Object.values(requests).reduce((sum, one) => sum + one, 0);
  return { ms, requests: made, readUnits, ...answerSchema.parse(JSON.parse(body)) };
}

/** The hundredth page, or the last before it. */
const deep = 100;
const longestMs = 300;
const day = 24 * 3_600_000;
const at = (daysAgo: number) => new Date(now.getTime() - daysAgo * day).toISOString();

const lists = [
  '/ops/events',
  '/ops/events?source=orders',
  `/ops/events?from=${at(21)}&to=${at(20)}`,
  `/ops/events?lane=${encodeURIComponent(bigLane)}`,
  '/ops/events?state=failed',
  '/ops/events?type=paid',
  '/ops/events?state=retrying',
  '/ops/events?q=evt-09',
  '/ops/lanes',
  '/ops/lanes?state=held',
  '/ops/lanes?state=turn&source=billing',
  '/ops/attention?limit=50',
  '/ops/rejections',
  '/ops/rejections?cause=wrong-signature&source=billing',
];

const row = (cells: readonly (string | number)[]) =>
  console.log(
    cells.map((cell, n) => (n === 0 ? String(cell).padEnd(58) : String(cell).padStart(9))).join(' '),
  );

try {
  await page('/ops/events', undefined);
  let slow = 0;
  row(['list', 'page', 'items', 'ms', 'requests', 'units']);
  for (const list of lists) {
    let cursor: string | undefined;
    for (let n = 1; n <= deep; n++) {
      const read = await page(list, cursor);
      cursor = read.cursor;
      const isLast = n === deep || cursor === undefined;
      if (n > 1 && !isLast) continue;
      row([
        n === 1 ? list.slice(0, 58) : '',
        n,
        read.items.length,
        read.ms.toFixed(0),
        read.requests,
        read.readUnits,
      ]);
      if (read.ms > longestMs) slow++;
      if (isLast) break;
    }
  }
  console.log(`${slow} pages took more than ${longestMs} ms`);
  await toTheEnd('/ops/events?limit=200');
  await toTheEnd('/ops/attention?limit=200');
} finally {
  client.destroy();
  await database.close();
  if (values.data === undefined) await rm(folder, { recursive: true });
}

/** Pages through a list; what is kept of it is what it makes of memory in use after each tenth. */
async function toTheEnd(list: string): Promise<void> {
  let cursor: string | undefined;
  let items = 0;
  let pages = 0;
  const megabytes: number[] = [];
  do {
    const read = await page(list, cursor);
    items += read.items.length;
    cursor = read.cursor;
    pages++;
    if (pages % 500 === 0 || cursor === undefined) {
      globalThis.gc?.();
      megabytes.push(Math.round(process.memoryUsage().heapUsed / 1e6));
    }
  } while (cursor !== undefined);
  console.log(
    `${list} to its end: ${pages} pages, ${items} items; MB of heap on the way: ${megabytes.join(' ')}`,
  );
}
