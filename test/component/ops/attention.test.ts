import { none, PermanentError, source } from 'hooklane';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  raiseAttention,
  raiseBreaker,
  raiseNotConfigured,
  raiseUnreadable,
  type Attention,
} from '../../../functions/lane/attention.ts';
import { sourceKey } from '../../../functions/lane/gate.ts';
import { startTestDatabase, type TestDatabase } from '../../support/dynamodb.ts';
import { startOps } from '../../support/ops-fixture.ts';

let database: TestDatabase;
beforeAll(async () => void (database = await startTestDatabase()));
afterAll(() => database.close());

interface AttentionPage {
  readonly items: readonly { readonly eventId: string }[];
  readonly more: boolean;
  readonly cursor?: string;
}

const shop = { isBroken: true };
const start = () =>
  startOps(database, {
    sources: { acme: source({ verify: none(), id: 'id', lane: 'customer' }) },
    handlers: {
      'acme/*': async () => {
        if (shop.isBroken) throw new PermanentError('broken');
      },
    },
  });
const second = (n: number) => new Date(Date.parse('2026-11-24T10:00:00Z') + n * 1000);
const item = (n: number, fields: Partial<Attention> = {}): Attention => ({
  key: `acme#e${n}`,
  source: 'acme',
  lane: 'acme#o1',
  reason: 'gap',
  at: second(n),
  entry: 1,
  ...fields,
});

it('is empty where nothing failed', async () => {
  const { get } = await start();

  expect(await get('/ops/attention')).toMatchObject({ statusCode: 200, body: { items: [], more: false } });
});

it('lists what failed with its reason, newest first, until that is repaired', async () => {
  const { get, post, world } = await start();
  for (const eventId of ['first', 'second', 'third']) {
    await world.arrive({ eventId });
    await world.run();
    world.passSeconds(1);
  }

  const listed = await get('/ops/attention');
  shop.isBroken = false;
  await post('/ops/events/acme/first/redrive');
  await post('/ops/events/acme/second/discard');
  await post('/ops/events/acme/third/resolve');
  const repaired = await get('/ops/attention');

  const expected = ['third', 'second', 'first'].map((eventId, n) => ({
    source: 'acme',
    eventId,
    lane: 'acme#customer-1',
    reason: 'permanent-error',
    at: second(2 - n).toISOString(),
  }));
  expect(listed.body).toEqual({ items: expected, more: false });
  expect(repaired.body).toEqual({ items: [], more: false });
});

it('shows two hundred on a page, each of them once, and is gone on with by the cursor', async () => {
  const { get, world } = await start();
  for (let n = 0; n < 300; n += 100) {
    await world.lanes.commit(
      Array.from({ length: 100 }, (_, i) => raiseAttention(world.stateTable, item(n + i))),
    );
  }

  const first = (await get('/ops/attention')).body as AttentionPage;
  const second = (await get(`/ops/attention?cursor=${first.cursor ?? ''}`)).body as AttentionPage;

  expect([first.items.length, first.more, second.items.length, second.more]).toEqual([200, true, 100, false]);
  const ids = [...first.items, ...second.items].map(({ eventId }) => eventId);
  expect(new Set(ids).size).toBe(300);
  expect(second.cursor).toBeUndefined();
});

it('takes no cursor of another question', async () => {
  const { get, world } = await start();
  await world.lanes.commit([1, 2].map((n) => raiseAttention(world.stateTable, item(n))));
  const { cursor } = (await get('/ops/attention?limit=1')).body as AttentionPage;

  const answers = [
    await get(`/ops/attention?source=acme&cursor=${cursor ?? ''}`),
    await get('/ops/attention?cursor=nonsense'),
  ];

  expect(answers.map(({ body }) => (body as { cause: string }).cause)).toEqual([
    'invalid-cursor',
    'invalid-cursor',
  ]);
});

it('names the source alone where no event needs attention, but the sweeper', async () => {
  const { get, world } = await start();
  const late = item(0, { key: 'sweeper#acme', lane: 'sweeper#acme', reason: 'sweeper-late' });
  await world.lanes.commit([raiseAttention(world.stateTable, late)]);

  expect((await get('/ops/attention')).body).toEqual({
    items: [{ source: 'acme', reason: 'sweeper-late', at: second(0).toISOString() }],
    more: false,
  });
});

it('has of one source its events and what is wrong with it as a whole, of no other source', async () => {
  const { get, world } = await start();
  const late = (name: string) => item(0, { key: `sweeper#${name}`, source: name, reason: 'sweeper-late' });
  const paused = (name: string) => item(1, { key: sourceKey(name), source: name, reason: 'paused' });
  await world.lanes.commit(
    ['acme', 'acme-2', 'other'].flatMap((name, n) => [
      raiseAttention(world.stateTable, late(name)),
      raiseAttention(world.stateTable, paused(name)),
      raiseBreaker(world.stateTable, name, second(2)),
      raiseNotConfigured(world.stateTable, name, second(3)),
      raiseAttention(world.stateTable, item(4, { key: `${name}#e${n}`, source: name })),
    ]),
  );

  const all = await get('/ops/attention?source=acme');
  const pages: unknown[] = [];
  for (let cursor: string | undefined = ''; cursor !== undefined;) {
    const page = await get(`/ops/attention?source=acme&limit=1${cursor && `&cursor=${cursor}`}`);
    const { items, cursor: next } = page.body as AttentionPage;
    pages.push(...items);
    cursor = next;
  }

  const expected = [
    { source: 'acme', eventId: 'e0', lane: 'acme#o1', reason: 'gap', at: second(4).toISOString() },
    { source: 'acme', reason: 'not-configured', at: second(3).toISOString() },
    { source: 'acme', reason: 'breaker', at: second(2).toISOString() },
    { source: 'acme', reason: 'paused', at: second(1).toISOString() },
    { source: 'acme', reason: 'sweeper-late', at: second(0).toISOString() },
  ];
  expect(all.body).toEqual({ items: expected, more: false });
  expect(pages).toHaveLength(expected.length);
  expect(pages).toEqual(expect.arrayContaining(expected));
});

it('names the source whose gate cannot be read', async () => {
  const { get, world } = await start();
  await world.lanes.commit([raiseUnreadable(world.stateTable, sourceKey('acme'), second(0), 'acme')]);

  expect((await get('/ops/attention?source=acme')).body).toEqual({
    items: [{ source: 'acme', reason: 'unreadable-item', at: second(0).toISOString() }],
    more: false,
  });
});

it('lists the others where one of them cannot be read, and that one by its key', async () => {
  const { get, world } = await start();
  const readable = raiseAttention(world.stateTable, item(1));
  const broken = raiseAttention(world.stateTable, item(2));
  delete broken.Put?.Item?.['at'];
  await world.lanes.commit([readable, broken]);

  const { statusCode, body } = await get('/ops/attention');

  expect(statusCode).toBe(200);
  expect(body).toMatchObject({
    items: [
      { source: 'acme', eventId: 'e2', reason: 'unreadable-item' },
      { source: 'acme', eventId: 'e1', reason: 'gap' },
    ],
  });
});
