import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { costReport, plainEvent, pricePerMillion } from '../../bench/cost-report.ts';
import { idleSources } from '../../bench/idle-price.ts';
import { measureIdleSweep } from '../../bench/measure-idle.ts';
import type { Consumption } from '../../bench/consumption.ts';
import { measureCosts, measureGates, type Measured } from '../../bench/measure-cost.ts';
import { startTestDatabase, type TestDatabase } from '../support/dynamodb.ts';

let database: TestDatabase;
let measured: readonly Measured[];
let idleSweep: Consumption;
let gates: Consumption;
beforeAll(async () => {
  database = await startTestDatabase();
  measured = await measureCosts(database);
  idleSweep = await measureIdleSweep(database, idleSources);
  gates = await measureGates(database);
});
afterAll(() => database.close());

const message = { Send: 1, Receive: 1, Delete: 1 };
const costOf = (what: string) => measured.find((each) => each.what.startsWith(what));

describe('the requests of one event', () => {
  it('are a put, a send, two reads side by side and two puts, where its source has no rules', () => {
    expect(costOf('processed; source without rules')).toMatchObject({
      requests: { ...message, PutItem: 3, Query: 1, GetItem: 1 },
      // EVENT 1 KB and two indexes; two entries. The query reads under 4 KB; the LANE is not there.
      writeUnits: 5,
      readUnits: 2,
    });
  });

  it.each<[string, Record<string, number>, number, number]>([
    ['processed; each event its own lane', { PutItem: 3, Query: 1, GetItem: 1 }, 4, 2],
    ["processed; `onExhausted: 'hold'`", { PutItem: 3, Query: 1, GetItem: 1 }, 5, 2],
    ['processed; `sequence`', { PutItem: 1, Query: 1, GetItem: 1, TransactWriteItems: 2 }, 11, 2],
    ['processed; `version`', { PutItem: 1, Query: 1, GetItem: 1, TransactWriteItems: 2 }, 11, 2],
    ['processed; `after`', { PutItem: 1, Query: 1, GetItem: 1, TransactWriteItems: 2 }, 11, 2],
    ['processed; `ctx.transact`', { PutItem: 2, Query: 1, GetItem: 1, TransactWriteItems: 1 }, 10, 2],
    ['processed; `ctx.once`', { PutItem: 4, Query: 1, GetItem: 1, UpdateItem: 1 }, 7, 2],
    ['processed; rate limit', { PutItem: 3, Query: 1, GetItem: 1, UpdateItem: 1 }, 6, 2],
    ['parked', { PutItem: 1, Query: 1, GetItem: 1, TransactWriteItems: 1 }, 10, 2],
    // The gate is read once more.
    ['stopped while', { PutItem: 1, Query: 1, GetItem: 2, TransactWriteItems: 1 }, 8, 3],
  ])('%s: are %o', (what, requests, writeUnits, readUnits) => {
    const cost = costOf(what);

    expect(cost?.requests).toEqual({ ...message, ...requests });
    expect([cost?.writeUnits, cost?.readUnits]).toEqual([writeUnits, readUnits]);
  });

  it('grow by a query, two puts and a receive with a second attempt', () => {
    expect(costOf('processed at the second attempt')?.requests).toEqual({
      ...message,
      Receive: 2,
      ChangeVisibility: 1,
      PutItem: 5,
      Query: 2,
      GetItem: 2,
    });
  });

  it('grow, where it fails for good, by at most 4 of SQS, 2 invocations and 3 of DynamoDB', () => {
    const sum = (what: string, names: readonly string[]) =>
      names.reduce((total, name) => total + (costOf(what)?.requests[name] ?? 0), 0);
    const more = (names: readonly string[]) =>
      sum('failed for good', names) - sum('processed; source without rules', names);

    expect(more(['Send', 'Receive', 'Delete', 'ChangeVisibility'])).toBeLessThanOrEqual(4);
    expect(more(['Receive'])).toBeLessThanOrEqual(2);
    const ofDynamo = ['PutItem', 'Query', 'GetItem', 'TransactWriteItems', 'UpdateItem', 'DeleteItem'];
    expect(more(ofDynamo)).toBeLessThanOrEqual(3);
    expect(sum('failed for good', ofDynamo)).toBeGreaterThan(0);
  });

  it('grow with each further subscriber by its run and an item, and handing on sends all in one request', () => {
    const [one, two, three] = ['one', 'two', 'three'].map((count) => costOf(`handed on to ${count}`));
    const more = (from: Measured | undefined, to: Measured | undefined) => ({
      requests: Object.entries(to?.requests ?? {}).map(([name, n]) => [
        name,
        n - (from?.requests[name] ?? 0),
      ]),
      writeUnits: (to?.writeUnits ?? NaN) - (from?.writeUnits ?? NaN),
      readUnits: (to?.readUnits ?? NaN) - (from?.readUnits ?? NaN),
    });

    expect(more(costOf('processed; source without rules'), one)).toMatchObject({
      writeUnits: 5,
      readUnits: 3,
    });
    for (const further of [more(one, two), more(two, three)]) {
      expect(Object.fromEntries(further.requests)).toEqual({
        PutItem: 3,
        Query: 2,
        GetItem: 1,
        Send: 0,
        Receive: 1,
        Delete: 1,
      });
      expect(further).toMatchObject({ writeUnits: 5, readUnits: 3 });
    }
  });

  it('are a refused put, a query and a note for a duplicate, and nothing for the queue', () => {
    expect(costOf('duplicate')?.requests).toEqual({ PutItem: 2, Query: 1 });
  });
});

it('capacity is counted by the plain event that is measured', () => {
  expect(costOf('processed; source without rules')).toMatchObject(plainEvent);
});

it('what is paused is one small query for all events that an instance takes in five seconds', () => {
  expect(gates).toEqual({ requests: { Query: 1 }, writeUnits: 0, readUnits: 0.5 });
});

it('an idle sweeper stores each of its cursors every ten minutes, and asks for four cursors and four minutes a source, the four lists of attention, what is due, what is paused and what letters are left', () => {
  expect(idleSweep.requests).toEqual({
    GetItem: 4 * idleSources,
    PutItem: (4 * idleSources) / 10,
    Query: 4 * idleSources + 4 + 6,
  });
});

it('prices a million events by what they asked for', () => {
  const price = pricePerMillion({ requests: { ...message, PutItem: 3 }, writeUnits: 8, readUnits: 4 });

  expect(price).toMatchObject({ 'API Gateway': 1, DynamoDB: 8 * 0.625 + 4 * 0.125, SQS: 1.5 });
  expect(price.Lambda).toBeCloseTo(2 * 0.2 + 0.065 * 1e6 * 0.5 * 0.0000133334, 6);
});

it('docs/cost.md says what is measured', async () => {
  const page = await readFile(new URL('../../docs/cost.md', import.meta.url), 'utf8');

  expect(page).toBe(costReport(measured, idleSweep, gates));
});
