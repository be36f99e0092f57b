import { afterAll, beforeAll, expect, it } from 'vitest';
import { Meter } from '../../../bench/consumption.ts';
import { writeManyEvents } from '../../../bench/many-events.ts';
import { listsAt, operationsOn, readPage } from '../../../bench/measure-lists.ts';
import { startTestDatabase, type TestDatabase } from '../../support/dynamodb.ts';

/** Some 24 events a minute, as a million are in 30 days. */
const [events, minutes] = [600, 25];
const now = new Date('2026-11-24T10:12:30.000Z');

let database: TestDatabase;
let ledgerTable: string;
let stateTable: string;
beforeAll(async () => {
  database = await startTestDatabase();
  ledgerTable = await database.table('ledger');
  stateTable = await database.table('state');
  await writeManyEvents(events, now, {
    days: minutes / (24 * 60),
    dynamodb: database.dynamodb,
    tables: { ledgerTable, stateTable },
  });
});
afterAll(() => database.close());

it('costs so many items, requests and read units to read the first page of each list', async () => {
  const meter = new Meter();
  const client = meter.client(database.endpoint);
  const deps = operationsOn(client, { ledgerTable, stateTable }, () => now);

  const costs: unknown[] = [];
  for (const list of listsAt(now)) {
    const { items, requests, readUnits } = await readPage(list, undefined, deps, meter);
    costs.push([list, items.length, requests, readUnits]);
  }
  client.destroy();

  expect(costs).toEqual([
    ['/ops/events', 50, 89, 71],
    ['/ops/events?source=orders', 50, 80, 65.5],
    ['/ops/events?from=2026-11-03T10:12:30.000Z&to=2026-11-04T10:12:30.000Z', 0, 3, 3],
    ['/ops/events?lane=billing%23the-largest', 10, 12, 11.5],
    ['/ops/events?state=failed', 12, 16, 16],
    ['/ops/events?state=processed', 50, 170, 136.5],
    ['/ops/events?state=retrying', 12, 307, 756.5],
    ['/ops/events?type=paid', 50, 154, 177],
    ['/ops/events?type=unheard-of', 0, 295, 444.5],
    ['/ops/events?q=99', 6, 289, 150.5],
    ['/ops/events?q=unheard-of', 0, 283, 144.5],
    ['/ops/lanes', 24, 56, 54],
    ['/ops/lanes?state=held', 12, 28, 28],
    ['/ops/lanes?state=turn&source=billing', 4, 28, 26],
    ['/ops/attention?limit=50', 12, 4, 4],
    ['/ops/rejections', 50, 16, 8],
    ['/ops/rejections?cause=wrong-signature&source=billing', 20, 32, 16],
    ['/ops/jobs', 0, 1, 1],
    ['/ops/sources', 3, 117, 63],
    ['/ops/stats', 0, 420, 285],
    ['/ops/series', 0, 805, 533],
  ]);
});
