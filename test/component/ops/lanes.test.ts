import { none, PermanentError, source, type SourceOptions } from 'hooklane';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestDatabase, type TestDatabase } from '../../support/dynamodb.ts';
import { intercept, type Dynamo } from '../../support/intercept.ts';
import { operator, startOps } from '../../support/ops-fixture.ts';

let database: TestDatabase;
beforeAll(async () => void (database = await startTestDatabase()));
afterAll(() => database.close());

const path = '/ops/lanes/acme/customer-1';

/** Events of the type `broken` fail; `ran` holds the others. */
async function opsOf(options: Partial<SourceOptions>, between?: (dynamodb: Dynamo) => Dynamo) {
  const ran: string[] = [];
  const ops = await startOps(database, {
    sources: { acme: source({ verify: none(), id: 'id', lane: 'customer', ...options }) },
    handlers: {
      'acme/*': async ({ type, eventId }) => {
        if (type === 'broken') throw new PermanentError('broken');
        ran.push(eventId);
      },
    },
    ...(between && { between }),
  });
  return { ...ops, ran };
}

/** A lane that is held by `head`, with so many events behind it. */
async function heldLane(followers: number, options: Partial<SourceOptions> = {}) {
  const ops = await opsOf({ onExhausted: 'hold', ...options });
  await ops.world.arrive({ eventId: 'head', type: 'broken' });
  for (let n = 1; n <= followers; n++) await ops.world.arrive({ eventId: `e${n}`, type: 'step' });
  await ops.world.run();
  return ops;
}

it('shows a lane without an item as open', async () => {
  const { get } = await opsOf({});

  expect(await get(path)).toMatchObject({
    statusCode: 200,
    body: { lane: 'acme#customer-1', state: 'open' },
  });
});

it('shows who holds a lane, until when, and the first fifty who wait', async () => {
  const { get } = await heldLane(60, { holdForSeconds: 7200 });

  const { body } = await get(path);

  expect(body).toMatchObject({
    lane: 'acme#customer-1',
    state: 'held',
    turn: { eventId: 'head', state: 'failed' },
    deadline: '2026-11-24T12:00:00.000Z',
    waiting: 60,
  });
  const { firstWaiting } = body as { firstWaiting: unknown[] };
  expect(firstWaiting).toEqual(
    Array.from({ length: 50 }, (_, n) => ({ eventId: `e${n + 1}`, type: 'step' })),
  );
});

it('shows a gap, and what the lane remembers', async () => {
  const { get, world } = await opsOf({ order: { sequence: 'n', gapTimeoutSeconds: 900 } });
  await world.arrive({ eventId: 'one', order: { sequence: 1 } });
  await world.run();
  const remembering = await get(path);
  await world.arrive({ eventId: 'three', order: { sequence: 3 } });
  await world.processNext();

  const gap = await get(path);

  expect(remembering.body).toEqual({
    lane: 'acme#customer-1',
    state: 'remembering',
    waiting: 0,
    firstWaiting: [],
    next: 2,
  });
  expect(gap.body).toMatchObject({
    state: 'gap',
    deadline: '2026-11-24T10:15:00.000Z',
    waiting: 1,
    firstWaiting: [{ eventId: 'three', sequence: 3 }],
    next: 2,
  });
});

it('shows a turn that is on its way', async () => {
  const { get, post } = await heldLane(1);
  await post('/ops/events/acme/head/redrive');

  expect((await get(path)).body).toMatchObject({
    state: 'turn',
    turn: { eventId: 'head', state: 'reopened' },
  });
});

it('G3, G7: release lets those who wait go on in order, and notes who said so', async () => {
  const { post, get, world, ran } = await heldLane(3);

  const answer = await post(`${path}/release`, { reason: 'the others cannot wait' });
  const handedOver = await get(path);
  await world.run();

  expect(answer).toMatchObject({
    statusCode: 200,
    body: { source: 'acme', eventId: 'head', state: 'failed' },
  });
  expect(handedOver.body).toMatchObject({ state: 'turn', turn: { eventId: 'e1' }, waiting: 2 });
  expect(ran).toEqual(['e1', 'e2', 'e3']);
  expect((await get(path)).body).toEqual({ lane: 'acme#customer-1', state: 'open' });
  // The event stays as it is: it still needs somebody.
  expect(await world.attention('acme#head')).toMatchObject({ reason: 'permanent-error' });
  const { notes } = await world.ledger.readWithNotes('acme#head');
  expect(notes.at(-1)).toMatchObject({ what: 'released', actor: operator, reason: 'the others cannot wait' });
  expect(notes.map(({ what }) => what)).toEqual(['dead-lettered', 'released']);
});

it('G7: release is refused while the event may still run, and that is noted', async () => {
  const { post, world, ran } = await heldLane(1);
  await post('/ops/events/acme/head/redrive');

  const answer = await post(`${path}/release`, { reason: 'I cannot wait' });

  expect(answer).toMatchObject({ statusCode: 409, body: { cause: 'refused', state: 'reopened' } });
  expect((await world.lanes.read('acme#customer-1'))?.turn).toBe('acme#head');
  expect(ran).toEqual([]);
  const { notes } = await world.ledger.readWithNotes('acme#head');
  expect(notes.at(-1)).toMatchObject({ what: 'refused', actor: operator });
});

it('release finds nothing to do in an open lane, in a gap, or in a source that is not configured', async () => {
  const { post, world } = await opsOf({ order: { sequence: 'n' } });

  const open = await post(`${path}/release`);
  await world.arrive({ eventId: 'three', order: { sequence: 3 } });
  await world.processNext();
  const gap = await post(`${path}/release`);
  const unknown = await post('/ops/lanes/nobody/customer-1/release');

  for (const answer of [open, gap]) {
    expect(answer).toMatchObject({ statusCode: 404, body: { cause: 'nothing-held' } });
  }
  expect(unknown).toMatchObject({ statusCode: 404, body: { cause: 'unknown-source' } });
});

it('release needs a reason', async () => {
  const { post, world } = await heldLane(1);

  expect(await post(`${path}/release`, {})).toMatchObject({
    statusCode: 400,
    body: { cause: 'invalid-body' },
  });
  expect((await world.lanes.read('acme#customer-1'))?.turn).toBe('acme#head');
});

it('release decides again where the lane moves meanwhile, and ends by saying what stands', async () => {
  let moves = 0;
  const { post, world } = await opsOf({ onExhausted: 'hold' }, (dynamodb) =>
    intercept(dynamodb, async (command, next) => {
      if (command.name === 'TransactWriteCommand' && moves > 0) {
        moves--;
        const lane = await world.lanes.read('acme#customer-1');
        if (lane) await world.lanes.commit([world.lanes.change(lane, lane).item]);
      }
      return await next();
    }),
  );
  await world.arrive({ eventId: 'head', type: 'broken' });
  await world.arrive({ eventId: 'e1' });
  await world.run();

  moves = 100;
  const lost = await post(`${path}/release`);
  moves = 2;
  const won = await post(`${path}/release`);

  expect(lost).toMatchObject({ statusCode: 409, body: { state: 'failed' } });
  expect(won).toMatchObject({ statusCode: 200, body: { eventId: 'head', state: 'failed' } });
});

it('finds a lane whose entity has a slash, whether the gateway decodes or not', async () => {
  const { get, post, world } = await opsOf({ onExhausted: 'hold' });
  await world.arrive({ eventId: 'head', type: 'broken', lane: 'acme#eu/1' });
  await world.run();

  const decoded = await get('/ops/lanes/acme/eu/1');
  const encoded = await get('/ops/lanes/acme/eu%2F1');
  const released = await post('/ops/lanes/acme/eu%2F1/release');

  for (const { body } of [decoded, encoded]) expect(body).toMatchObject({ lane: 'acme#eu/1', state: 'held' });
  expect(released).toMatchObject({ statusCode: 200, body: { eventId: 'head' } });
});

it('answers 503 while the state table cannot be reached', async () => {
  const { get, post, world } = await opsOf({});
  const down = () => Promise.reject(new Error('connect ECONNREFUSED'));
  const over = { lanes: { ...world.lanes, read: down } };

  for (const answer of [await get(path, over), await post(`${path}/release`, undefined, over)]) {
    expect(answer).toMatchObject({ statusCode: 503, body: { cause: 'ledger-unreachable' } });
  }
});
