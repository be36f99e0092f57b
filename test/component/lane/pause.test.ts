import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { SourceOptions } from 'hooklane';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { gateKey, sourceKey } from '../../../functions/lane/gate.ts';
import { pause, resume } from '../../../functions/lane/pause.ts';
import { discard, redrive } from '../../../functions/lane/repair.ts';
import type { EventKey } from '../../../functions/ledger/keys.ts';
import { startTestDatabase, type TestDatabase } from '../../support/dynamodb.ts';
import { memoryDatabase } from '../../support/memory-database.ts';
import { startSweptWorld, type SweptWorld } from '../../support/sweeper-world.ts';
import { startedAt } from '../../support/world.ts';

let database: TestDatabase;
beforeAll(async () => void (database = await startTestDatabase()));
afterAll(() => database.close());

const lane = 'acme#customer-1';
const operator = { source: 'acme', actor: 'ada', reason: 'the shop moves' };
const depsOf = (world: SweptWorld) => ({ ...world.deps, dynamodb: world.dynamodb });

/** Paused, and everybody has heard of it. */
async function pauseAcme(world: SweptWorld) {
  await pause(operator, depsOf(world));
  world.passSeconds(5);
}
const resumeAcme = (world: SweptWorld) => resume(operator, depsOf(world));
/** Two events in each. */
async function arriveInLanes(world: SweptWorld, lanes: number) {
  const keys: EventKey[] = [];
  for (const n of [0, 1]) {
    for (let lane = 0; lane < lanes; lane++)
      keys.push(await world.arrive({ eventId: `${lane}-${n}`, lane: `acme#customer-${lane}` }));
  }
  return keys;
}

const entryOf = async (world: SweptWorld, key: EventKey) => await world.ledger.newest(key);

describe('a source that is paused', () => {
  it('G3: stores what comes, runs nothing, and then lets each lane go on in its order', async () => {
    const world = await startSweptWorld(database);
    await pauseAcme(world);
    const keys = [
      await world.arrive({ eventId: 'a1' }),
      await world.arrive({ eventId: 'b1', lane: 'acme#customer-2' }),
      await world.arrive({ eventId: 'a2' }),
      await world.arrive({ eventId: 'a3' }),
    ];
    await world.live(240);
    const paused = await world.finals(keys);
    const ranWhilePaused = world.ids();
    const first = await entryOf(world, keys[0]!);

    await resumeAcme(world);
    await world.live(world.afterSeconds() + 120);

    expect(paused).toEqual(Array(4).fill('waiting'));
    expect(ranWhilePaused).toEqual([]);
    expect(first).toMatchObject({ because: 'paused', reason: 'its source is paused', attempt: 0 });
    expect(world.ids().filter((id) => id.startsWith('a'))).toEqual(['a1', 'a2', 'a3']);
    expect(await world.finals(keys)).toEqual(Array(4).fill('processed'));
    expect(await world.lanes.read(lane)).toBeUndefined();
  });

  it('stops nothing more once it is resumed, not even where an instance remembers that it was paused', async () => {
    const world = await startSweptWorld(database);
    await pauseAcme(world);
    const before = await world.arrive({ eventId: 'before' });
    await world.processNext();
    const whilePaused = await world.finals([before]);

    await resumeAcme(world);
    const after = await world.arrive({ eventId: 'after', lane: 'acme#customer-2' });
    await world.workUntil(world.afterSeconds());

    expect(whilePaused).toEqual(['waiting']);
    expect(await world.states(after)).toEqual(['processing', 'processed']);
  });

  it('G3: goes on as soon as it is resumed, before any sweep, each lane in its order', async () => {
    const world = await startSweptWorld(database);
    await pauseAcme(world);
    const keys = await arriveInLanes(world, 12);
    await world.workUntil(world.afterSeconds());
    const whilePaused = await world.finals(keys);

    await resumeAcme(world);
    await world.workUntil(world.afterSeconds());

    expect(whilePaused).toEqual(keys.map(() => 'waiting'));
    expect(await world.finals(keys)).toEqual(keys.map(() => 'processed'));
    for (let lane = 0; lane < 12; lane++) {
      expect(world.ids().filter((id) => id.startsWith(`${lane}-`))).toEqual([`${lane}-0`, `${lane}-1`]);
    }
    expect(world.sent).toEqual([]);
  });

  it.each<[string, Partial<SourceOptions>, number]>([
    ['one request has time for', {}, 100],
    ['its rate has places for', { atMost: { perSecond: 1 } }, 20],
    ['it has slots', { atMost: { atOnce: 2 } }, 2],
  ])('lets through at once, when it is resumed, as many of 140 lanes as %s', async (_, options, most) => {
    const world = await startSweptWorld(memoryDatabase(), options);
    await pauseAcme(world);
    await arriveInLanes(world, 140);
    await world.workUntil(world.afterSeconds());
    // Two minutes are in the line.
    const Item = { pk: 'RATE#acme', sk: 'LINE', free: world.now().getTime() + 100_000 };
    await world.dynamodb.send(new PutCommand({ TableName: world.stateTable, Item }));

    await resumeAcme(world);

    expect(world.engine.attributes('lanes.fifo').ApproximateNumberOfMessages).toBe(String(most));
  });

  it('lets nothing through, when it is resumed, as long as its breaker has tripped', async () => {
    const world = await startSweptWorld(database, { breaker: { failures: 1, probeSeconds: 60 } });
    world.shop.whenCalled = () => {
      throw new Error('away');
    };
    await arriveInLanes(world, 2);
    await world.workUntil(1);
    await pauseAcme(world);

    await resumeAcme(world);

    expect((await world.lanes.read('acme#customer-1'))?.atGate).toBeDefined();
  });

  it('uses up no attempt, of a retry, of a redrive, and of one that was handed the turn', async () => {
    const world = await startSweptWorld(database, { retry: { attempts: 2, delaysSeconds: [30] } });
    const calls: string[] = [];
    world.shop.whenCalled = (eventId) => {
      calls.push(eventId);
      if (calls.length === 1) throw new Error('busy');
    };
    const retried = await world.arrive({ eventId: 'retried' });
    await world.processNext();
    await pauseAcme(world);

    await world.live(180);
    const waiting = await entryOf(world, retried);
    await resumeAcme(world);
    await world.live(world.afterSeconds() + 120);

    expect(waiting).toMatchObject({ state: 'waiting', because: 'paused', attempt: 1 });
    expect(await world.states(retried)).toEqual([
      'processing',
      'retrying',
      'waiting',
      'processing',
      'processed',
    ]);
    expect((await entryOf(world, retried))?.attempt).toBe(2);
  });

  it('keeps what is redriven at the head of its lane until it is resumed', async () => {
    const world = await startSweptWorld(database, { onExhausted: 'hold' });
    const head = await world.arrive({ eventId: 'head', type: 'broken' });
    const next = await world.arrive({ eventId: 'next' });
    await world.workUntil(30);
    await pauseAcme(world);
    world.shop.isBroken = false;

    await redrive({ ...operator, eventId: 'head' }, world.deps);
    await world.live(180);
    const whilePaused = await world.finals([head, next]);
    await resumeAcme(world);
    await world.live(world.afterSeconds() + 120);

    expect(whilePaused).toEqual(['waiting', 'waiting']);
    expect(world.ids()).toEqual(['head', 'next']);
  });

  it('passes the turn on to the next one, which waits as well, when its first event is discarded', async () => {
    const world = await startSweptWorld(database);
    await pauseAcme(world);
    const keys = [await world.arrive({ eventId: 'a' }), await world.arrive({ eventId: 'b' })];
    await world.workUntil(30);

    await discard({ ...operator, eventId: 'a' }, world.deps);
    await world.live(180);

    expect(await world.finals(keys)).toEqual(['discarded', 'waiting']);
    expect(await world.lanes.read(lane)).toMatchObject({ turn: keys[1], waiting: 0 });
    expect(world.ids()).toEqual([]);
  });

  it('delays no other source, and is looked at by nobody while it is paused', async () => {
    const world = await startSweptWorld(database);
    await pauseAcme(world);
    await world.arrive({ eventId: 'a' });
    await world.live(240);

    const swept = await world.sweep();

    expect(swept).toMatchObject({ lanes: 0, sent: 0 });
    expect(await world.due()).toEqual([]);
  });

  it('goes on, paused and resumed again and again, although the queue drops what was sent twice', async () => {
    const world = await startSweptWorld(database);
    await pauseAcme(world);
    const key = await world.arrive({ eventId: 'a' });
    await world.workUntil(30);
    for (let times = 0; times < 3; times++) {
      await resumeAcme(world);
      world.passSeconds(5);
      await world.sweep();
      await pauseAcme(world);
      await world.workUntil(world.afterSeconds() + 20);
    }
    const whilePaused = await entryOf(world, key);

    await resumeAcme(world);
    await world.live(world.afterSeconds() + 120);

    expect(whilePaused).toMatchObject({ state: 'waiting', number: 4 });
    expect(world.ids()).toEqual(['a']);
  });

  it('runs nothing twice, though the message of what waits comes again', async () => {
    const world = await startSweptWorld(database);
    await pauseAcme(world);
    const key = await world.arrive({ eventId: 'a' });
    await world.workUntil(30);

    expect(await world.deliver(key)).toEqual({ kind: 'done' });

    expect(await world.states(key)).toEqual(['waiting']);
    expect(await world.lanes.read(lane)).toMatchObject({ turn: key });
  });

  it('G8: goes on although whoever resumes it, and the next sweeper, die before they send the message', async () => {
    const world = await startSweptWorld(database);
    await pauseAcme(world);
    const key = await world.arrive({ eventId: 'a' });
    await world.workUntil(30);

    const send = () => Promise.reject(new Error('it dies'));
    const resumed = await resume(operator, { ...depsOf(world), send });
    await world.sweep({ sqs: { send } });
    await world.live(world.afterSeconds() + 300);

    expect(resumed).toMatchObject({ kind: 'done' });
    expect(await world.states(key)).toEqual(['waiting', 'processing', 'processed']);
  });
});

describe('pause and resume', () => {
  it('G7: are audited with who asked for it and why, also where they are refused', async () => {
    const world = await startSweptWorld(database);
    const deps = depsOf(world);

    const outcomes = [
      await resume(operator, deps),
      await pause(operator, deps),
      await pause({ ...operator, actor: 'bob' }, deps),
      await resume({ ...operator, reason: 'it has moved' }, deps),
    ];

    expect(outcomes.map(({ kind }) => kind)).toEqual(['refused', 'done', 'refused', 'done']);
    const { notes } = await world.ledger.readWithNotes(sourceKey('acme'));
    expect(notes.map(({ what, actor, reason }) => [what, actor, reason]).sort()).toEqual([
      ['paused', 'ada', 'the shop moves'],
      ['refused', 'ada', 'the shop moves (it is not paused)'],
      ['refused', 'bob', 'the shop moves (it is paused)'],
      ['resumed', 'ada', 'it has moved'],
    ]);
  });

  it.each(['nobody', 'acme.nobody', 'toString'])(
    'of %s, which is not in the configuration, are not found',
    async (name) => {
      const world = await startSweptWorld(database);

      expect(await pause({ ...operator, source: name }, depsOf(world))).toEqual({ kind: 'not-found' });
      expect(await resume({ ...operator, source: name }, depsOf(world))).toEqual({ kind: 'not-found' });
    },
  );

  it('of two operators at once let one have its way, and tell the other what stands', async () => {
    const world = await startSweptWorld(database);
    const deps = depsOf(world);

    const outcomes = await Promise.all([pause(operator, deps), pause({ ...operator, actor: 'bob' }, deps)]);

    expect(outcomes.map(({ kind }) => kind).sort()).toEqual(['done', 'refused']);
  });

  it('are heard by everybody five seconds later, and by whoever has not asked before at once', async () => {
    const world = await startSweptWorld(database);
    const before = await world.arrive({ eventId: 'before', lane: 'acme#customer-3' });
    await world.processNext();
    await pause(operator, depsOf(world));
    const meanwhile = await world.arrive({ eventId: 'meanwhile' });
    await world.processNext();
    world.passSeconds(5);
    const after = await world.arrive({ eventId: 'after', lane: 'acme#customer-2' });
    await world.processNext();

    expect(await world.finals([before, meanwhile, after])).toEqual(['processed', 'processed', 'waiting']);
  });

  it('ask for attention where a source is paused for more than a day, until it is resumed', async () => {
    const world = await startSweptWorld(database);
    const deps = depsOf(world);
    await pause(operator, { ...deps, now: () => new Date(startedAt.getTime() - 24 * 3600 * 1000 + 60_000) });
    await world.sweep();
    const justBefore = await world.attention(sourceKey('acme'));
    world.passSeconds(60);
    await world.sweep();
    const aDayLater = await world.attention(sourceKey('acme'));

    await resumeAcme(world);
    await world.sweep();

    expect(justBefore).toBeUndefined();
    expect(aDayLater).toMatchObject({ source: 'acme', reason: 'paused' });
    expect(await world.attention(sourceKey('acme'))).toBeUndefined();
  });

  it('G8: a gate that cannot be read stops its own source alone, is told, and is resumed like any other', async () => {
    const world = await startSweptWorld(database);
    const damaged = { ...gateKey('acme'), name: 'acme', isPaused: 'perhaps' };
    await world.dynamodb.send(new PutCommand({ TableName: world.stateTable, Item: damaged }));
    const key = await world.arrive({ eventId: 'a' });
    await world.live(60);
    const whileDamaged = await world.finals([key]);
    const told = await world.attention(sourceKey('acme'));

    await resumeAcme(world);
    await world.live(world.afterSeconds() + 120);

    expect(whileDamaged).toEqual(['waiting']);
    expect(told).toMatchObject({ source: 'acme', reason: 'unreadable-item' });
    expect(await world.finals([key])).toEqual(['processed']);
    const gate = await world.dynamodb.send(
      new GetCommand({ TableName: world.stateTable, Key: gateKey('acme') }),
    );
    expect(gate.Item).toMatchObject({ isPaused: false });
  });
});
