import { bearer, none, PermanentError, source, stripe } from 'hooklane';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { withSubscribers } from '../../../functions/sources/subscribers.ts';
import { startTestDatabase, type TestDatabase } from '../../support/dynamodb.ts';
import { intercept } from '../../support/intercept.ts';
import { startOps, type Ops } from '../../support/ops-fixture.ts';
import { startedAt } from '../../support/world.ts';

let database: TestDatabase;
beforeAll(async () => void (database = await startTestDatabase()));
afterAll(() => database.close());

const start = () =>
  startOps(database, {
    sources: {
      acme: source({
        verify: none(),
        id: 'id',
        lane: 'customer',
        onExhausted: 'hold',
        order: { after: { paid: ['created'] } },
      }),
      cards: source({ verify: bearer(), id: 'id', redact: ['card.number', 'items.*.secret'] }),
    },
    handlers: {
      'acme/*': async ({ type }) => {
        if (type === 'broken') throw new PermanentError('broken');
      },
    },
  });

interface Page<Item> {
  readonly items: readonly Item[];
  readonly cursor?: string;
}

/** All pages of a list, one item on each. */
async function oneByOne<Item>({ get }: Ops, path: string): Promise<readonly Item[]> {
  const items: Item[] = [];
  for (let cursor = ''; ;) {
    const page = (await get(`${path}limit=1${cursor}`)).body as Page<Item>;
    items.push(...page.items);
    if (page.cursor === undefined) return items;
    cursor = `&cursor=${page.cursor}`;
  }
}

const payload = (eventId: string, raw: string | Uint8Array, of = 'acme') => ({
  source: of,
  eventId,
  lane: `${of}#${eventId}`,
  raw: Buffer.from(raw),
});

it('shows a payload as JSON, as text, or as bytes that are neither', async () => {
  const { get, world } = await start();
  await world.store(payload('json', '{"a":[1]}'));
  await world.store(payload('text', '<script>alert(1)</script>'));
  await world.store(payload('bytes', new Uint8Array([0xff, 0x00])));

  const shown = await Promise.all(['json', 'text', 'bytes'].map((id) => get(`/payloads/acme/${id}`)));

  expect(shown.map(({ body }) => body)).toMatchObject([
    { format: 'json', body: { a: [1] }, bytes: 9, redacted: [] },
    { format: 'text', body: '<script>alert(1)</script>' },
    { format: 'base64', body: '/wA=' },
  ]);
});

it('answers the bytes as they came, as a file that no browser runs', async () => {
  const { get, world } = await start();
  await world.store(payload('page', '<script>alert(1)</script>'));

  const { body, headers } = await get('/payloads/acme/page?as=raw');

  expect(body).toBe('<script>alert(1)</script>');
  expect(headers).toMatchObject({
    'content-type': 'application/octet-stream',
    'content-disposition': 'attachment; filename="payload.bin"',
    'content-security-policy': "default-src 'none'; sandbox",
  });
});

it('shows nothing of what the source redacts, in no form', async () => {
  const { get, world } = await start();
  const body = { card: { number: '4242', brand: 'visa' }, items: [{ secret: 's', n: 1 }] };
  await world.store(payload('e', JSON.stringify(body), 'cards'));
  await world.store(payload('form', 'card.number=4242', 'cards'));

  const answers = [
    await get('/payloads/cards/e'),
    await get('/payloads/cards/e?as=raw'),
    await get('/payloads/cards/form'),
  ];

  expect(answers[0]?.body).toMatchObject({
    body: { card: { number: '[redacted]', brand: 'visa' }, items: [{ secret: '[redacted]', n: 1 }] },
    redacted: ['card.number', 'items.*.secret'],
  });
  expect(answers.slice(1).map(({ statusCode }) => statusCode)).toEqual([403, 403]);
  expect(JSON.stringify(answers)).not.toContain('4242');
});

it('says that a body is gone, or too large for an answer', async () => {
  const { get, world } = await start();
  await world.arrive({ eventId: 'gone', type: 'broken' });
  await world.run(1);
  await world.forgetBody('acme#gone');
  await world.store(payload('large', 'ä"'.repeat(1_700_000)));

  expect((await get('/payloads/acme/gone')).body).toMatchObject({ cause: 'body-gone' });
  expect((await get('/payloads/acme/large')).body).toMatchObject({ cause: 'payload-too-large' });
  expect((await get('/payloads/acme/never')).body).toMatchObject({ cause: 'unknown-event' });
});

it('lists lanes that are held or have a gap, each once', async () => {
  const ops = await start();
  const { world } = ops;
  for (const lane of ['1', '2']) {
    await world.arrive({ eventId: `head-${lane}`, type: 'broken', lane: `acme#${lane}` });
    await world.arrive({ eventId: `next-${lane}`, lane: `acme#${lane}` });
  }
  await world.arrive({ eventId: 'early', type: 'paid', lane: 'acme#3' });
  await world.run(10);

  const all = await oneByOne<{ lane: string; state: string }>(ops, '/ops/lanes?');
  const gaps = await oneByOne<{ lane: string }>(ops, '/ops/lanes?state=gap&source=acme&');

  expect(all.map(({ lane, state }) => [lane, state])).toEqual([
    ['acme#1', 'held'],
    ['acme#2', 'held'],
    ['acme#3', 'gap'],
  ]);
  expect(gaps.map(({ lane }) => lane)).toEqual(['acme#3']);
});

const rejected = (cause: string, secondsAgo: number, source = 'acme') => ({
  source,
  at: new Date(startedAt.getTime() - secondsAgo * 1000),
  requestId: `r-${cause}-${secondsAgo}`,
  cause,
  status: 401,
  bodyBytes: 2,
  ip: '192.0.2.1',
});

it('lists refusals over days and sources, the newest first, and by cause', async () => {
  const ops = await start();
  await ops.world.ledger.reject(rejected('wrong-signature', 10));
  await ops.world.ledger.reject(rejected('handshake', 90_000));
  await ops.world.ledger.reject(rejected('unknown-source', 20, 'unknown'));

  const all = await oneByOne<{ cause: string }>(ops, '/ops/rejections?');
  const some = await oneByOne<{ cause: string }>(ops, '/ops/rejections?cause=handshake&source=acme&');
  const first = await ops.get('/ops/rejections?limit=1');

  expect(first.body).toMatchObject({ searchedTo: '2026-11-24T09:59:50.000Z' });
  expect(all.map(({ cause }) => cause)).toEqual(['wrong-signature', 'unknown-source', 'handshake']);
  expect(some.map(({ cause }) => cause)).toEqual(['handshake']);
});

it('shows of each source its last event, refusal and handshake, and whether its secret is there', async () => {
  const ops = await start();
  await ops.world.store({ eventId: 'older', acceptedAt: new Date(startedAt.getTime() - 2000) });
  await ops.world.store({ eventId: 'newer', acceptedAt: new Date(startedAt.getTime() - 1000) });
  await ops.world.ledger.reject(rejected('handshake', 10));
  await ops.world.ledger.reject(rejected('wrong-signature', 20));

  const { body } = await ops.get('/ops/sources', {
    secretOf: async () => ({ isPresent: false, changedAt: undefined }),
  });

  expect(body).toMatchObject({
    items: [
      {
        source: 'acme',
        path: '/webhooks/acme',
        lastEvent: { eventId: 'newer' },
        lastRefusal: { cause: 'wrong-signature' },
        lastHandshake: '2026-11-24T09:59:50.000Z',
      },
      { source: 'cards', secret: { name: 'cards', isPresent: false } },
    ],
  });
  expect((body as Page<object>).items[0]).not.toHaveProperty('secret');
});

it('shows one source alone where it is asked for, and none that there is not', async () => {
  const ops = await start();

  const one = await ops.get('/ops/sources?source=cards');
  const unheardOf = await ops.get('/ops/sources?source=cart');

  expect(one.body).toMatchObject({ items: [{ source: 'cards' }] });
  expect((one.body as Page<object>).items).toHaveLength(1);
  expect(unheardOf).toMatchObject({ statusCode: 404, body: { cause: 'unknown-source' } });
});

/** Every request takes so long. */
const slow = ({ world }: Ops, seconds: number) =>
  intercept(world.dynamodb, async (_, next) => {
    world.passSeconds(seconds);
    return await next();
  });

it('tells of a source what there is none of from what was not found in time', async () => {
  const ops = await start();
  await ops.world.ledger.reject(rejected('handshake', 10));

  const quickly = await ops.get('/ops/sources');
  const slowly = await ops.get('/ops/sources', { dynamodb: slow(ops, 0.5) });

  const [found] = (quickly.body as Page<object>).items;
  const [late] = (slowly.body as Page<object>).items;
  expect(found).toHaveProperty('lastHandshake');
  expect(found).not.toHaveProperty('unfinished');
  expect(found).not.toHaveProperty('lastEvent');
  expect(late).toMatchObject({ unfinished: ['lastEvent', 'lastRefusal'] });
  expect(late).toHaveProperty('lastHandshake');
});

it('counts each partition of an idle source once, and as many sources as it has time for, and names the others', async () => {
  const names = ['a', 'b', 'c'];
  const idle = source({ verify: none(), id: 'id' });
  const sources = Object.fromEntries(names.map((name) => [name, idle]));
  const ops = await startOps(database, { sources, handlers: {} });
  let requests = 0;
  const counting = intercept(ops.world.dynamodb, (_, next) => {
    requests++;
    return next();
  });

  await ops.get('/ops/stats?source=a&minutes=3', { dynamodb: counting });
  const { body } = await ops.get('/ops/stats?minutes=3', { dynamodb: slow(ops, 1) });

  // Twelve partitions, four of refusals, four of the attention list.
  expect(requests).toBe(20);
  expect(body).toMatchObject({ sources: [{ source: 'a' }], unfinished: ['b', 'c'] });
});

it('counts events by minute, what became of them, how long it took, and what waits', async () => {
  const ops = await start();
  await ops.world.arrive({ eventId: 'ok', lane: 'acme#1' });
  ops.world.passSeconds(3);
  await ops.world.run(1);
  await ops.world.arrive({ eventId: 'bad', type: 'broken', lane: 'acme#2' });
  await ops.world.run(1);
  await ops.world.store({ eventId: 'lost', lane: 'acme#3' });
  await ops.world.ledger.reject(rejected('wrong-signature', 10));
  ops.world.passSeconds(60);

  const { body } = await ops.get('/ops/stats?source=acme&minutes=3');

  expect(body).toMatchObject({
    sources: [
      {
        accepted: 3,
        perMinute: 1,
        minutes: [0, 3, 0],
        sampled: 3,
        states: { processed: 1, failed: 1, pending: 1 },
        startedAfterMs: { max: 3000 },
        lagSeconds: 60,
        refused: { 'wrong-signature': 1 },
        attention: 1,
      },
    ],
    attention: { 'permanent-error': 1 },
    deadLetters: { visible: 1 },
  });
});

it('writes the numbers as OpenMetrics', async () => {
  const ops = await start();
  await ops.world.arrive({ eventId: 'bad', type: 'broken', lane: 'acme#2' });
  await ops.world.run(1);

  const { body, headers } = await ops.get('/ops/metrics');

  expect(headers?.['content-type']).toMatch(/^application\/openmetrics-text; version=1/);
  const lines = String(body).split('\n');
  expect(lines).toContain('hooklane_attention{reason="permanent-error"} 1');
  expect(lines).toContain('hooklane_queue_messages{queue="dead-letters",state="visible"} 1');
  expect(lines.slice(-2)).toEqual(['# EOF', '']);
});

it('moves dead letters by the own task of the queue, and says what it does', async () => {
  const ops = await start();
  for (const n of [1, 2, 3, 4, 5])
    await ops.world.arrive({ eventId: `bad-${n}`, type: 'broken', lane: `acme#${n}` });
  await ops.world.run(60);

  const before = await ops.get('/ops/dead-letters');
  const moving = await ops.post('/ops/dead-letters/move', { reason: 'repaired', maxPerSecond: 1 });
  const second = await ops.post('/ops/dead-letters/move');
  const cancelled = await ops.post('/ops/dead-letters/cancel');
  const nothing = await ops.post('/ops/dead-letters/cancel');

  expect(before.body).toMatchObject({ queue: { visible: 5 }, moves: [] });
  expect(moving.body).toMatchObject({ moves: [{ status: 'RUNNING' }] });
  expect([second, nothing].map(({ statusCode }) => statusCode)).toEqual([409, 409]);
  expect(cancelled.body).toMatchObject({ moves: [{ status: expect.stringMatching(/^CANCELL/) as string }] });
});

it('lets one of two operators who move the dead letters at the same instant do it, and refuses the other', async () => {
  const ops = await start();
  for (const n of [1, 2, 3])
    await ops.world.arrive({ eventId: `bad-${n}`, type: 'broken', lane: `acme#${n}` });
  await ops.world.run(60);
  const together = async (what: string) =>
    await Promise.all(
      [1, 2].map(() =>
        ops.post(`/ops/dead-letters/${what}`, { reason: 'x', ...(what === 'move' && { maxPerSecond: 1 }) }),
      ),
    );

  const moves = await together('move');
  const cancels = await together('cancel');

  for (const answers of [moves, cancels])
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 409]);
});

it('draws counts, states, latencies and refusals over time, by whole points, of one source or of all', async () => {
  const ops = await start();
  await ops.world.arrive({ eventId: 'early', lane: 'acme#1' });
  await ops.world.run(1);
  ops.world.passSeconds(120);
  await ops.world.arrive({ eventId: 'ok', lane: 'acme#2' });
  ops.world.passSeconds(3);
  await ops.world.run(1);
  await ops.world.arrive({ eventId: 'bad', type: 'broken', lane: 'acme#3' });
  await ops.world.run(1);
  await ops.world.store({ source: 'cards', eventId: 'other', lane: 'cards#other' });
  await ops.world.ledger.reject(rejected('wrong-signature', -60));

  const ofAcme = (await ops.get('/ops/series?source=acme&minutes=5')).body as SeriesOnWire;
  const ofAll = (await ops.get('/ops/series?minutes=1440')).body as SeriesOnWire;

  expect(ofAcme.points.map(({ accepted }) => accepted)).toEqual([0, 0, 1, 0, 2]);
  expect(ofAcme.points[4]).toMatchObject({
    at: '2026-11-24T10:02:00.000Z',
    sampled: 2,
    states: { processed: 1, failed: 1 },
    startedAfterMs: { max: 3000 },
  });
  expect(ofAcme.points[3]).toMatchObject({ refused: { 'wrong-signature': 1 }, sampled: 0 });
  expect(ofAcme.countedFrom).toBe(ofAcme.from);
  expect(ofAll).toMatchObject({ minutesInPoint: 24, to: '2026-11-24T10:02:03.000Z' });
  expect(ofAll.points).toHaveLength(60);
  expect(ofAll.points.reduce((sum, { accepted }) => sum + accepted, 0)).toBe(4);
});

interface SeriesOnWire {
  readonly from: string;
  readonly countedFrom: string;
  readonly points: readonly { readonly accepted: number }[];
}

it('says how far back a series was counted, where all of it would take too long', async () => {
  const ops = await start();
  await ops.world.arrive({ eventId: 'early', lane: 'acme#1' });
  ops.world.passSeconds(120);
  let now = startedAt.getTime() + 120_000;

  const { body } = await ops.get('/ops/series?minutes=60', { now: () => new Date((now += 1000)) });

  const { from, countedFrom } = body as SeriesOnWire;
  expect(Date.parse(countedFrom)).toBeGreaterThan(Date.parse(from));
});

it('says what the events of a lane wait for', async () => {
  const ops = await start();
  await ops.world.arrive({ eventId: 'early', type: 'paid', lane: 'acme#1' });
  await ops.world.run(1);

  expect((await ops.get('/ops/lanes/acme/1')).body).toMatchObject({
    state: 'gap',
    firstWaiting: [{ eventId: 'early', needs: ['created'] }],
  });
});

it('shows the version and the configuration as the functions read them, without a secret', async () => {
  const ops = await start();

  const { body } = await ops.get('/ops/configuration');

  expect(body).toMatchObject({
    version: '1.2.3',
    sources: [
      {
        source: 'acme',
        verify: 'none',
        id: 'id',
        lane: 'customer',
        onExhausted: 'hold',
        order: { after: { paid: ['created'] } },
        retry: { attempts: 5 },
        retentionDays: 90,
      },
      { source: 'cards', verify: 'bearer', redact: ['card.number', 'items.*.secret'] },
    ],
  });
});

it('shows what limits a source, and whose subscriber it is', async () => {
  const limits = { breaker: { failures: 3, probeSeconds: 60 }, atMost: { perSecond: 5, atOnce: 2 } };
  const sources = withSubscribers({
    sources: { acme: source({ verify: none(), id: 'id', ...limits }) },
    subscribers: { acme: { crm: { ending: 'finish', atMost: { atOnce: 1 } } } },
  });
  const ops = await startOps(database, { sources, handlers: {} });

  const { body } = await ops.get('/ops/configuration');

  expect(body).toMatchObject({
    sources: [
      { source: 'acme', ...limits },
      { source: 'acme.crm', subscriberOf: 'acme', ending: 'finish', atMost: { atOnce: 1 } },
    ],
  });
});

it('says of a source who sends, how they call the secret, and whether it is paused, by whom and why', async () => {
  const ops = await startOps(database, { sources: { billing: stripe() }, handlers: {} });
  await ops.post('/ops/sources/billing/pause', { reason: 'migration 41' });

  expect((await ops.get('/ops/sources')).body).toMatchObject({
    items: [
      {
        provider: { name: 'stripe', title: 'Stripe', secret: 'the signing secret of the endpoint (whsec_…)' },
        paused: { since: '2026-11-24T10:00:00.000Z', reason: 'migration 41' },
      },
    ],
  });
});
