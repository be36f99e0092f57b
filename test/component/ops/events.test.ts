import { none, PermanentError, source } from 'hooklane';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Entry } from '../../../functions/ledger/entry.ts';
import type { AcceptedEvent } from '../../../functions/ledger/event.ts';
import { eventKey } from '../../../functions/ledger/keys.ts';
import { startTestDatabase, type TestDatabase } from '../../support/dynamodb.ts';
import { startOps } from '../../support/ops-fixture.ts';
import { startedAt } from '../../support/world.ts';

let database: TestDatabase;
beforeAll(async () => void (database = await startTestDatabase()));
afterAll(() => database.close());

const start = () =>
  startOps(database, {
    sources: {
      acme: source({ verify: none(), id: 'id', lane: 'customer' }),
      shop: source({ verify: none(), id: 'id' }),
    },
    handlers: {
      'acme/*': async ({ type }) => {
        if (type === 'broken') throw new PermanentError('broken');
      },
    },
  });
type Ops = Awaited<ReturnType<typeof start>>;

interface EventPage {
  readonly items: readonly { readonly eventId: string; readonly source: string; readonly state: string }[];
  readonly cursor?: string;
}

const before = (seconds: number) => new Date(startedAt.getTime() - seconds * 1000);

async function store({ world }: Ops, eventId: string, fields: Partial<AcceptedEvent> = {}) {
  const name = fields.source ?? 'acme';
  return await world.store({ eventId, lane: `${name}#${eventId}`, ...fields });
}

/** All pages of a list, in order. */
async function pagesOf({ get }: Ops, query: string): Promise<readonly EventPage[]> {
  const pages: EventPage[] = [];
  for (let cursor = ''; pages.length < 200;) {
    const page = (await get(`/ops/events?${query}${cursor}`)).body as EventPage;
    pages.push(page);
    if (page.cursor === undefined) return pages;
    cursor = `&cursor=${page.cursor}`;
  }
  throw new Error('the list has no end');
}
const idsOf = (pages: readonly EventPage[]) =>
  pages.flatMap(({ items }) => items.map(({ eventId }) => eventId));

it('lists events of all sources, the newest first, over pages of any size', async () => {
  const ops = await start();
  const times = [5, 61, 62, 300, 301, 1200];
  for (const [n, seconds] of times.entries()) {
    const name = n % 2 === 0 ? 'acme' : 'shop';
    await store(ops, `e${n}`, { source: name, acceptedAt: before(seconds) });
  }

  const atOnce = await pagesOf(ops, 'limit=200');
  const oneByOne = await pagesOf(ops, 'limit=1');

  expect(idsOf(atOnce)).toEqual(['e0', 'e1', 'e2', 'e3', 'e4', 'e5']);
  expect(idsOf(oneByOne)).toEqual(idsOf(atOnce));
});

it('shows each of many events of one millisecond once', async () => {
  const ops = await start();
  const ids = Array.from({ length: 250 }, (_, n) => `e${String(n).padStart(3, '0')}`);
  for (const id of ids) await store(ops, id, { lane: 'acme#one', acceptedAt: before(90) });

  const byTime = idsOf(await pagesOf(ops, 'source=acme&limit=40'));
  const byLane = idsOf(await pagesOf(ops, 'lane=acme%23one&limit=40'));

  expect(byTime).toEqual(ids.toReversed());
  expect(byLane).toEqual(byTime);
});

it('filters by source, time, type, state and text of the id', async () => {
  const ops = await start();
  await store(ops, 'order-1', { acceptedAt: before(100), type: 'paid' });
  await store(ops, 'order-2', { acceptedAt: before(200), type: 'created' });
  await store(ops, 'other-3', { acceptedAt: before(300), type: 'paid' });
  await store(ops, 'order-4', { acceptedAt: before(50), source: 'shop' });
  const found = async (query: string) => idsOf(await pagesOf(ops, query));

  expect(await found('source=shop')).toEqual(['order-4']);
  expect(await found('type=paid')).toEqual(['order-1', 'other-3']);
  expect(await found('q=order')).toEqual(['order-4', 'order-1', 'order-2']);
  expect(await found('state=pending&source=acme')).toEqual(['order-1', 'order-2', 'other-3']);
  expect(await found('state=processed')).toEqual([]);
  const range = `from=${before(250).toISOString()}&to=${before(100).toISOString()}`;
  expect(await found(range)).toEqual(['order-2']);
});

it('finds an event by its newest entry, however many came before it', async () => {
  const ops = await start();
  const { ledger } = ops.world;
  const error = { name: 'Error', message: 'no' };
  const begun = { state: 'processing', actor: 'p', leaseUntil: startedAt, worker: 'w' } as const;
  const retried = { state: 'retrying', actor: 'p', nextAt: startedAt, error } as const;
  const stories = [[], [begun], [begun, retried], [begun, retried, begun], [begun, retried, begun, retried]];
  for (const [n, story] of stories.entries()) {
    await store(ops, `e${n}`, { acceptedAt: before(100 + n) });
    let newest: Entry | undefined;
    for (const entry of story) {
      const outcome = await ledger.append(eventKey('acme', `e${n}`), newest, { attempt: 1, ...entry });
      newest = outcome.kind === 'appended' ? outcome.entry : undefined;
    }
  }
  const found = async (state: string) => idsOf(await pagesOf(ops, `state=${state}`));

  expect(await found('pending')).toEqual(['e0']);
  expect(await found('processing')).toEqual(['e1', 'e3']);
  expect(await found('retrying')).toEqual(['e2', 'e4']);
  expect(await found('waiting')).toEqual([]);
});

it.each(['source=acme', 'lane=acme%23alone'])(
  'shows nothing of a time that ends before it begins: %s',
  async (filter) => {
    const ops = await start();
    await store(ops, 'alone', { lane: 'acme#alone' });
    const range = `from=${before(10).toISOString()}&to=${before(20).toISOString()}`;

    expect(await ops.get(`/ops/events?${filter}&${range}`)).toMatchObject({
      statusCode: 200,
      body: { items: [] },
    });
    expect(await ops.get(`/ops/rejections?${range}`)).toMatchObject({ statusCode: 200, body: { items: [] } });
  },
);

it('finds what failed wherever it stands in time, until it is repaired', async () => {
  const ops = await start();
  const long = before(300 * 24 * 3600);
  await ops.world.arrive({ eventId: 'old', type: 'broken', lane: 'acme#1', acceptedAt: long });
  await ops.world.arrive({ eventId: 'new', type: 'broken', lane: 'acme#2' });
  await ops.world.run(10);

  const failed = idsOf(await pagesOf(ops, 'state=failed'));
  await ops.post('/ops/events/acme/old/discard');
  const left = idsOf(await pagesOf(ops, 'state=failed&source=acme'));

  expect(failed).toEqual(['new', 'old']);
  expect(left).toEqual(['new']);
});

it('finds an event that is its own lane by that lane', async () => {
  const ops = await start();
  await store(ops, 'alone', { lane: 'acme#alone' });

  expect(idsOf(await pagesOf(ops, 'lane=acme%23alone'))).toEqual(['alone']);
});

it.each([
  ['limit=0', 'invalid-query'],
  ['limit=1e9', 'invalid-query'],
  ['state=broken', 'invalid-query'],
  ['from=yesterday', 'invalid-query'],
  ['colour=red', 'invalid-query'],
  ['cursor=%00', 'invalid-cursor'],
  ['cursor=W10', 'invalid-cursor'],
  ['source=nobody', 'unknown-source'],
])('refuses ?%s by name: %s', async (query, cause) => {
  const { get } = await start();

  expect((await get(`/ops/events?${query}`)).body).toMatchObject({ cause });
});

it('takes a cursor with the filters that it was made for, and no others', async () => {
  const ops = await start();
  await store(ops, 'e1', { acceptedAt: before(5) });
  await store(ops, 'e2', { acceptedAt: before(9) });
  const { cursor } = (await ops.get('/ops/events?limit=1')).body as EventPage;

  const answer = await ops.get(`/ops/events?limit=1&q=e&cursor=${cursor ?? ''}`);

  expect(cursor).toBeDefined();
  expect(answer.body).toMatchObject({ cause: 'invalid-cursor' });
});
