/**
 * `npm run bench:lists`: a ledger of a million events, made directly, and what the lists of the operations API cost on it: time, requests and read
 * units of the first and the hundredth page, and memory while a list is paged through to its end. `--data DIR` keeps it for the next run.
 */
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { unlogged } from '../functions/runtime/compose.ts';
import { startDynamoDb } from '../local/dynamodb/dynamodb.ts';
import { freePort } from '../local/loopback.ts';
import { Meter } from './consumption.ts';
import { ExportWriter } from './export-writer.ts';
import { writeManyEvents } from './many-events.ts';
import { listsAt, operationsOn, readPage } from './measure-lists.ts';
import { figuresOf } from './process-figures.ts';

const { values } = parseArgs({
  options: { events: { type: 'string', default: '1000000' }, data: { type: 'string' } },
});
const quiet = () => undefined;
const tables = { ledgerTable: 'hooklane-ledger', stateTable: 'hooklane-state' };
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
  const { dynamodb } = writer;
  const told = (events: number) => tell(`${events} events`);
  await writeManyEvents(Number(values.events), now, { days: 30, dynamodb, tables, tell: told });
  tell(`${writer.written} items written`);
  const empty = await startDatabase('empty.db');
  await writer.import(join(folder, 'tables.db'), empty.endpoint);
  await empty.close();
  await writeFile(complete, now.toISOString());
  tell('imported');
}
const database = await startDatabase('tables.db');

const meter = new Meter();
const client = unlogged(meter.client(database.endpoint));
const began = performance.now();
const deps = operationsOn(client, tables, () => new Date(now.getTime() + performance.now() - began));
/** Of this process and of the database: what is left of the time of a page where others use the machine as well. */
const processorMs = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000 + 1000 * (figuresOf(database.pid() ?? 0)?.cpuSeconds ?? 0);
};
async function page(target: string, cursor: string | undefined) {
  const before = processorMs();
  const read = await readPage(target, cursor, deps, meter);
  return { ...read, processorMs: processorMs() - before };
}

/** The hundredth page, or the last before it. */
const deep = 100;
const longestMs = 300;
const row = (cells: readonly (string | number)[]) =>
  console.log(
    cells.map((cell, n) => (n === 0 ? String(cell).padEnd(58) : String(cell).padStart(9))).join(' '),
  );

try {
  await page('/ops/events', undefined);
  let slow = 0;
  row(['list', 'page', 'items', 'ms', 'of CPU', 'requests', 'units']);
  for (const list of listsAt(now)) {
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
        read.processorMs.toFixed(0),
        read.requests,
        read.readUnits,
      ]);
      if (read.ms > longestMs) slow++;
      if (isLast) break;
    }
  }
  const load = loadavg().map((one) => one.toFixed(1));
  console.log(`${slow} pages took more than ${longestMs} ms; load of the machine: ${load.join(' ')}`);
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
