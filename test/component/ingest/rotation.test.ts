import { afterAll, beforeAll, expect, it } from 'vitest';
import { secretReader } from '../../../functions/secrets/secret-store.ts';
import { startTestDatabase, type TestDatabase } from '../../support/dynamodb.ts';
import { request, setUpIngest, signed } from '../../support/ingest-fixture.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await startTestDatabase();
});
afterAll(() => database.close());

/** Ingest with a store whose lists can be changed and whose reads are counted, under a clock of its own for both. */
async function setUp(...list: string[]) {
  const fixture = await setUpIngest(database);
  const store = { list, reads: [] as string[], isDown: false };
  let passedMs = 0;
  let requests = 0;
  const now = () => new Date(Date.now() + passedMs);
  const fetch = async (source: string) => {
    store.reads.push(source);
    const { list: read, isDown } = store;
    // An answer takes a moment, in which other requests come.
    await new Promise((resolve) => setTimeout(resolve, 5));
    if (isDown) throw new Error('down');
    return read;
  };
  const secrets = secretReader({ fetch, now });
  return {
    store,
    wait: (seconds: number) => (passedMs += seconds * 1000),
    statusOf: async (secret: string) => {
      const one = signed(request('acme', { id: `e${requests++}`, type: 'paid', entity: 'o1' }), secret);
      return (await fixture.ingest(one, { secrets })).status;
    },
  };
}

const times = <T>(count: number, make: () => Promise<T>) => Promise.all(Array.from({ length: count }, make));
const all = (count: number, status: number) => Array.from({ length: count }, () => status);

it('takes a rotated secret at once and without a deploy, and drops no request of either secret', async () => {
  const { store, statusOf } = await setUp('old');
  const before = await times(5, () => statusOf('old'));
  store.list = ['new', 'old'];

  const after = await Promise.all([times(10, () => statusOf('new')), times(10, () => statusOf('old'))]);

  expect([before, ...after]).toEqual([all(5, 202), all(10, 202), all(10, 202)]);
  expect(store.reads).toHaveLength(2);
});

it('takes a rotated secret within 60 s even while strangers flood the source, and drops nothing of the old one', async () => {
  const { store, wait, statusOf } = await setUp('old');
  await times(20, () => statusOf('guess'));
  store.list = ['new', 'old'];
  const statuses: number[][] = [];

  for (let seconds = 0; seconds <= 60; seconds += 10) {
    statuses.push([await statusOf('guess'), await statusOf('old'), await statusOf('new')]);
    wait(10);
  }

  expect(statuses.map(([guess, old]) => [guess, old])).toEqual(statuses.map(() => [401, 202]));
  expect(statuses.at(-1)?.[2]).toBe(202);
});

it('refuses a secret that was removed after 60 s', async () => {
  const { store, wait, statusOf } = await setUp('new', 'old');
  await statusOf('old');
  store.list = ['new'];
  wait(60);

  expect([await statusOf('old'), await statusOf('new')]).toEqual([401, 202]);
});

it('drops nothing while secrets cannot be read, once they were', async () => {
  const { store, wait, statusOf } = await setUp('old');
  await statusOf('old');
  store.isDown = true;
  wait(600);

  expect(await times(5, () => statusOf('old'))).toEqual(all(5, 202));
});

it('asks once a minute beyond its cache under a flood of signatures that no secret fits', async () => {
  const { store, wait, statusOf } = await setUp('old');
  const minutes = 3;

  for (let second = 0; second < minutes * 60; second += 5) {
    expect(await times(5, () => statusOf('guess'))).toEqual(all(5, 401));
    wait(5);
  }

  // In each minute the cache's own read, and one for all of the signatures.
  expect(store.reads).toEqual(Array.from({ length: 2 * minutes }, () => 'acme'));
});
