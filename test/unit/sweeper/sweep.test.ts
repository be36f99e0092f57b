import { TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import type { SourceOptions } from 'hooklane';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { armWatch } from '../../../functions/lane/watch.ts';
import { eventKey, type EventKey } from '../../../functions/ledger/keys.ts';
import { takeDuplicate } from '../../../functions/ingest/take-duplicate.ts';
import { redrive, replay } from '../../../functions/ops/act.ts';
import { sweepWatches } from '../../../functions/sweeper/sweep-watches.ts';
import { intercept, isWrite } from '../../contract/intercept.ts';
import { anEvent } from '../../contract/ledger-fixture.ts';
import { startTestDatabase, type TestDatabase } from '../../dynamodb.ts';
import { startedAt, type WorldOptions } from '../world.ts';
import { startSweptWorld, type SweptWorld } from './sweeper-world.ts';

const lane = 'acme#customer-1';
const fiveMinutes = 300;
let database: TestDatabase;
beforeAll(async () => void (database = await startTestDatabase()));
afterAll(() => database.close());

const worldOf = (options?: Partial<SourceOptions>, more?: Partial<WorldOptions>) =>
  startSweptWorld(database, options, more);
const action = (eventId: string) => ({ source: 'acme', eventId, actor: 'ada', reason: 'repaired' });
const ids = (world: SweptWorld) => world.runs.map(({ eventId }) => eventId);
const inQueue = (world: SweptWorld) => world.engine.attributes('lanes.fifo').ApproximateNumberOfMessages;

describe('what is stored and was never sent', () => {
  it.each([
    { sweepers: 1, from: 0, storedAt: 0 },
    { sweepers: 2, from: 0, storedAt: 0 },
    { sweepers: 1, from: 59.999, storedAt: 0 },
    { sweepers: 2, from: 59.999, storedAt: 0 },
    { sweepers: 1, from: 31, storedAt: 59.999 },
  ])('G8: runs once, within five minutes (%o)', async ({ sweepers, from, storedAt }) => {
    const world = await worldOf();
    world.passSeconds(storedAt);
    const key = await world.store({ eventId: 'lost' });

    await world.live(900, { sweepers, from: storedAt > from ? from + 60 : from });

    expect(ids(world)).toEqual(['lost']);
    expect(world.runs[0]!.afterSeconds - storedAt).toBeLessThanOrEqual(fiveMinutes);
    expect(await world.states(key)).toEqual(['processing', 'processed']);
    expect(world.received()).toBe(1);
    expect(world.sent).toHaveLength(sweepers);
    expect(await world.watches()).toEqual([]);
  });

  it('G8: runs within five minutes where it is its own lane', async () => {
    const world = await worldOf();
    await world.store({ eventId: 'lost', lane: eventKey('acme', 'lost') });

    await world.live(fiveMinutes);

    expect(ids(world)).toEqual(['lost']);
  });

  it('is sent to the stored lane, behind what that lane has in the queue', async () => {
    const world = await worldOf();
    await world.store({ eventId: 'lost', lane: 'acme#customer-7' });

    await world.live(fiveMinutes);

    expect(world.sent).toMatchObject([{ event: 'acme#lost', lane: 'acme#customer-7', generation: 0 }]);
  });

  it('is not sent while its minute may still be on its way to the queue', async () => {
    const world = await worldOf();
    await world.store({ eventId: 'new' });

    await world.live(239);
    const sent = world.sent.length;
    await world.live(240, { from: 240 });

    expect(sent).toBe(0);
    expect(world.sent).toHaveLength(1);
  });

  it('runs in order where several of a lane were lost, the next one once the one before has come to rest', async () => {
    const world = await worldOf();
    await world.store({ eventId: 'a' });
    world.passSeconds(1);
    await world.store({ eventId: 'b' });
    world.passSeconds(1);
    await world.store({ eventId: 'c' });

    await world.live(1200, { from: 60 });

    expect(world.runs).toEqual([
      { eventId: 'a', afterSeconds: 240 },
      { eventId: 'b', afterSeconds: 540 },
      { eventId: 'c', afterSeconds: 840 },
    ]);
  });

  it('is let go where its body expires as it is looked for', async () => {
    const world = await worldOf();
    const key = await world.store({ eventId: 'lost' });
    const dynamodb = intercept(world.dynamodb, async ({ input }, next) => {
      const found = await next();
      if (input.IndexName === 'by-time' && JSON.stringify(found).includes(key)) await world.forgetBody(key);
      return found;
    });
    world.passSeconds(240);

    await world.sweep({ dynamodb });
    const watched = await world.watches();
    world.passSeconds(300);
    await world.sweep();

    expect(watched).toMatchObject([{ key }]);
    expect(world.sent).toEqual([]);
    expect(await world.watches()).toEqual([]);
  });

  it('was looked for an hour back, by a sweeper that never ran before', async () => {
    const world = await worldOf();
    const acceptedAt = (minutesAgo: number) => new Date(startedAt.getTime() - minutesAgo * 60_000);
    await world.store({ eventId: 'an hour ago', acceptedAt: acceptedAt(60), lane: 'acme#1' });
    await world.store({ eventId: 'earlier', acceptedAt: acceptedAt(61), lane: 'acme#2' });
    const { dynamodb, now, stateTable } = world;
    const blank = intercept(dynamodb, async ({ name }, next) => (name === 'GetCommand' ? {} : await next()));

    await world.sweep({ dynamodb: blank, now, stateTable });
    await world.workUntil(1);

    expect(ids(world)).toEqual(['an hour ago']);
  });
});

describe('what was promised and not sent', () => {
  /** An event that ran, or failed, ten minutes before. */
  async function afterAnEvent(type: string) {
    const world = await worldOf();
    const key = await world.arrive({ eventId: 'it', type });
    await world.live(600);
    world.shop.isBroken = false;
    world.queue.isDown = true;
    return { world, key, promisedAt: world.afterSeconds() };
  }

  async function isRunInTime(world: SweptWorld, promisedAt: number, sweepers: number, before: string[]) {
    world.queue.isDown = false;
    const receivedBefore = world.received();

    await world.live(promisedAt + 1200, { sweepers, from: promisedAt + 59 });

    expect(ids(world)).toEqual([...before, 'it']);
    expect(world.runs.at(-1)!.afterSeconds - promisedAt).toBeLessThanOrEqual(fiveMinutes);
    expect(world.received() - receivedBefore).toBe(1);
    expect(world.sent).toHaveLength(sweepers);
    expect(await world.watches()).toEqual([]);
  }

  it.each([1, 2])('G8: by a redelivery: runs once, within five minutes (sweepers: %i)', async (sweepers) => {
    const { world, promisedAt } = await afterAnEvent('broken');
    const copy = await world.ledger.accept(anEvent({ eventId: 'it', type: 'broken' }));
    if (copy.kind !== 'duplicate') throw new Error('it is a duplicate');
    const taken = takeDuplicate(copy, world.deps.sources.acme!, 'corr-1', world.deps);
    await expect(taken).rejects.toThrow();

    await isRunInTime(world, promisedAt, sweepers, []);
  });

  it.each([1, 2])('G8: by a redrive: runs once, within five minutes (sweepers: %i)', async (sweepers) => {
    const { world, promisedAt } = await afterAnEvent('broken');
    await redrive(action('it'), world.deps);

    await isRunInTime(world, promisedAt, sweepers, []);
  });

  it.each([1, 2])('G8: by a replay: runs once more, within five minutes (sweepers: %i)', async (sweepers) => {
    const { world, promisedAt } = await afterAnEvent('sound');
    await replay(action('it'), world.deps);

    await isRunInTime(world, promisedAt, sweepers, ['it']);
  });

  it.each([1, 2])('G8: by a hand-over: runs once, within five minutes (sweepers: %i)', async (sweepers) => {
    const world = await worldOf({ onExhausted: 'hold' });
    await world.arrive({ eventId: 'head', type: 'broken' });
    await world.arrive({ eventId: 'it' });
    await world.live(600);
    world.shop.isBroken = false;
    world.redriveFromConsole();
    world.shop.whenCalled = () => void (world.queue.isDown = true);
    const promisedAt = world.afterSeconds();
    await world.workUntil(promisedAt + 1);
    const handedOver = await world.lanes.read(lane);
    world.shop.whenCalled = () => undefined;

    expect(ids(world)).toEqual(['head']);
    expect(handedOver).toMatchObject({ turn: 'acme#it', waiting: 0 });
    await isRunInTime(world, promisedAt, sweepers, ['head']);
    expect(await world.lanes.read(lane)).toBeUndefined();
  });

  it('is not sent again where it was sent and waits its turn to be taken', async () => {
    const { world, promisedAt } = await afterAnEvent('broken');
    world.queue.isDown = false;
    await redrive(action('it'), world.deps);

    for (let at = promisedAt; at < promisedAt + 1200; at += 60) {
      await world.sweep();
      world.passSeconds(60);
    }

    expect(inQueue(world)).toBe('1');
    expect(world.sent).toEqual([]);
  });
});

describe('a lane', () => {
  it.each([1, 2])('G8: whose turn is on a final event is passed on (sweepers: %i)', async (sweepers) => {
    const world = await worldOf({ onExhausted: 'hold' });
    const head = await world.arrive({ eventId: 'head', type: 'broken' });
    const next = await world.arrive({ eventId: 'next' });
    const last = await world.arrive({ eventId: 'last' });
    await world.workUntil(1);
    const { number, generation, replay: replays, attempt } = (await world.ledger.newest(head))!;
    await world.ledger.append(head, {
      ...{ number: number + 1, generation, replay: replays, attempt },
      ...{ state: 'resolved', actor: 'ada', reason: 'by a version that knew of no lanes' },
    });

    await world.live(900, { sweepers, from: 60 });

    expect(ids(world)).toEqual(['next', 'last']);
    expect(world.runs[0]!.afterSeconds).toBeLessThanOrEqual(fiveMinutes + 60);
    expect(await world.finals([head, next, last])).toEqual(['resolved', 'processed', 'processed']);
    expect(await world.notes(head)).toEqual([]);
    expect(await world.lanes.read(lane)).toBeUndefined();
  });

  it.each([1, 2])('G8: that is held goes on after `holdForSeconds` (sweepers: %i)', async (sweepers) => {
    const world = await worldOf({ onExhausted: 'hold', holdForSeconds: 840 });
    const head = await world.arrive({ eventId: 'head', type: 'broken' });
    const followers = [await world.arrive({ eventId: 'a' }), await world.arrive({ eventId: 'b' })];

    await world.live(839, { sweepers });
    const held = [...ids(world)];
    await world.live(1500, { sweepers, from: 840 });

    expect(held).toEqual([]);
    expect(world.runs).toEqual([
      { eventId: 'a', afterSeconds: 840 },
      { eventId: 'b', afterSeconds: 840 },
    ]);
    expect(await world.finals([head, ...followers])).toEqual(['failed', 'processed', 'processed']);
    expect(await world.notes(head)).toEqual(['released']);
    expect(await world.attention(head)).toBeDefined();
    expect(await world.lanes.read(lane)).toBeUndefined();
  });

  it('G8: that is held goes on with the next number, as if the one that failed had run', async () => {
    const world = await worldOf({ onExhausted: 'hold', holdForSeconds: 840, order: { sequence: 'n' } });
    await world.arrive({ eventId: 'one', type: 'broken', order: { sequence: 1 } });
    await world.arrive({ eventId: 'two', order: { sequence: 2 } });

    await world.live(900);

    expect(world.runs).toEqual([{ eventId: 'two', afterSeconds: 840 }]);
    expect(await world.lanes.read(lane)).toMatchObject({ next: 3, waiting: 0 });
  });

  it('stays held without `holdForSeconds`, and nobody in it is sent again', async () => {
    const world = await worldOf({ onExhausted: 'hold' });
    const head = await world.arrive({ eventId: 'head', type: 'broken' });
    await world.arrive({ eventId: 'a' });

    await world.live(1800);

    expect([world.runs, world.sent]).toEqual([[], []]);
    expect(await world.lanes.read(lane)).toMatchObject({ turn: head, waiting: 1 });
  });

  it.each([1, 2])(
    'G8: runs what waits for a missing number after its time (sweepers: %i)',
    async (sweepers) => {
      const order = { sequence: 'n', gapTimeoutSeconds: 600 } as const;
      const world = await worldOf({ order });
      const keys = [
        await world.arrive({ eventId: 'two', order: { sequence: 2 } }),
        await world.arrive({ eventId: 'three', order: { sequence: 3 } }),
      ];

      await world.live(599, { sweepers });
      const before = [...ids(world)];
      await world.live(1200, { sweepers, from: 600 });
      const late = await world.arrive({ eventId: 'one', order: { sequence: 1 } });
      await world.live(1260, { sweepers });

      expect(before).toEqual([]);
      expect(world.runs).toEqual([
        { eventId: 'two', afterSeconds: 600 },
        { eventId: 'three', afterSeconds: 600 },
      ]);
      expect(await world.finals([...keys, late])).toEqual(['processed', 'processed', 'superseded']);
      expect(await Promise.all(keys.map((key) => world.notes(key)))).toEqual([['released'], []]);
    },
  );

  it.each([1, 2])(
    'G8: fails what waits for a missing number, where asked to (sweepers: %i)',
    async (sweepers) => {
      const order = { sequence: 'n', gapTimeoutSeconds: 600, onGap: 'fail' } as const;
      const world = await worldOf({ order, onExhausted: 'hold' });
      const two = await world.arrive({ eventId: 'two', order: { sequence: 2 } });
      const three = await world.arrive({ eventId: 'three', order: { sequence: 3 } });

      await world.live(1200, { sweepers });
      const failed = await world.finals([two, three]);
      const asked = await world.attention(two);
      await redrive(action('two'), world.deps);
      await world.live(1260, { sweepers });

      expect(failed).toEqual(['failed', 'waiting']);
      expect(asked).toMatchObject({ reason: 'gap' });
      expect(await world.states(two)).toEqual(['waiting', 'failed', 'reopened', 'processing', 'processed']);
      expect(ids(world)).toEqual(['two', 'three']);
    },
  );
});

describe('what the queue gave up', () => {
  /** The queue hands it out, and whoever took it never says a word. */
  function takenBySomebodyWhoDies(world: SweptWorld, times: number) {
    for (let i = 0; i < times; i++) {
      world.engine.receive('lanes.fifo', { visibilityTimeoutSeconds: 1 });
      world.passSeconds(1);
    }
  }

  it.each([1, 2])(
    'G8: unseen: runs once within five minutes, and a later redrive finds it done (sweepers: %i)',
    async (sweepers) => {
      const world = await worldOf({}, { maxReceiveCount: 3 });
      const key = await world.arrive({ eventId: 'unseen' });
      takenBySomebodyWhoDies(world, 3);
      await world.workUntil(30);
      const deadLetters = world.deadLetters();

      await world.live(900, { sweepers, from: 60 });
      world.redriveFromConsole();
      await world.live(1200, { sweepers });

      expect(deadLetters).toMatchObject([{ event: key }]);
      expect(ids(world)).toEqual(['unseen']);
      expect(world.runs[0]!.afterSeconds).toBeLessThanOrEqual(fiveMinutes);
      expect(await world.states(key)).toEqual(['processing', 'processed']);
    },
  );

  it.each([1, 2])(
    'G8: with its last receive, whose attempt died: keeps its turn, asks for attention, and runs again (sweepers: %i)',
    async (sweepers) => {
      const crash = { isOn: true };
      const between: WorldOptions['between'] = (inner) => {
        let writes = 0;
        return intercept(inner, async (command, next) => {
          if (crash.isOn && isWrite(command) && ++writes > 1) throw new Error('it is dead');
          return await next();
        });
      };
      const world = await worldOf({ onExhausted: 'hold' }, { between, maxReceiveCount: 3 });
      const head = await world.arrive({ eventId: 'head' });
      await world.arrive({ eventId: 'next' });
      takenBySomebodyWhoDies(world, 2);
      await world.processNext();
      crash.isOn = false;
      const ranBefore = ids(world);
      const afterCrash = [
        await world.states(head),
        await world.attention(head),
        await world.lanes.read(lane),
      ];

      await world.live(1200, { sweepers, from: 60 });

      expect(ranBefore).toEqual(['head']);
      expect(afterCrash).toMatchObject([['processing'], { reason: 'last-receive' }, { turn: head }]);
      expect(ids(world)).toEqual(['head', 'head', 'next']);
      expect(world.runs[1]!.afterSeconds).toBeLessThanOrEqual(2 * fiveMinutes);
      expect(await world.states(head)).toEqual(['processing', 'processing', 'processed']);
      expect(await world.attention(head)).toBeUndefined();
      expect(await world.lanes.read(lane)).toBeUndefined();
    },
  );
});

describe('one lane that is stuck for hours', () => {
  const anHour = 3600;

  it('G8: keeps the sweeper from no other: in a long delay, its followers visible in the queue', async () => {
    const world = await worldOf({ retry: { attempts: 5, delaysSeconds: [6 * 3600] } });
    world.shop.whenCalled = (eventId) => {
      if (eventId === 'head') throw new Error('not now');
    };
    for (const eventId of ['head', 'a', 'b', 'c']) {
      await world.arrive({ eventId });
      world.passSeconds(1);
    }
    await world.live(anHour);
    const sentMeanwhile = world.sent.length;

    const lostAt = world.afterSeconds();
    await world.store({ eventId: 'lost', lane: 'acme#customer-2' });
    await world.live(lostAt + 600);

    expect(inQueue(world)).toBe('3');
    expect(sentMeanwhile).toBe(0);
    expect(ids(world)).toEqual(['lost']);
    expect(world.runs[0]!.afterSeconds - lostAt).toBeLessThanOrEqual(fiveMinutes);
    expect(world.sent).toHaveLength(1);
  });

  it('G8: keeps the sweeper from no other: in a handler that hangs, again and again', async () => {
    const world = await worldOf({ retry: { attempts: 100, delaysSeconds: [1] } });
    for (const eventId of ['head', 'a', 'b', 'c']) {
      await world.arrive({ eventId });
      world.passSeconds(1);
    }
    const head = eventKey('acme', 'head');
    /** It begins, and is never heard of again until its visibility timeout is over. */
    async function hang() {
      const [message] = world.engine.receive('lanes.fifo');
      if (message === undefined || !message.body.includes(head)) throw new Error('the head comes first');
      const entries = (await world.ledger.read(head)).entries.length;
      await world.ledger.append(head, {
        ...{ number: entries + 1, generation: 0, replay: 0, attempt: entries + 1 },
        ...{ state: 'processing', actor: 'p', worker: 'p', messageId: message.messageId, copy: 'c' },
        leaseUntil: new Date(world.now().getTime() + 30_000),
      });
    }
    const hangsFor = async (seconds: number) => {
      for (const until = world.afterSeconds() + seconds; world.afterSeconds() < until;) {
        await hang();
        for (let i = 0; i < 3; i++) {
          await world.sweep();
          world.passSeconds(60);
        }
      }
    };
    await hangsFor(anHour);
    const sentMeanwhile = world.sent.length;

    const lostAt = world.afterSeconds();
    await world.store({ eventId: 'lost', lane: 'acme#customer-2' });
    await hangsFor(fiveMinutes);

    expect(sentMeanwhile).toBe(0);
    expect(world.sent.map(({ event }) => event)).toEqual(['acme#lost']);
    expect(world.sent[0]!.afterSeconds - lostAt).toBeLessThanOrEqual(fiveMinutes);
  });
});

describe('a watch', () => {
  /** Everything that is sent is lost; the sweeper comes when it has said, so many times. */
  async function sweptWhenDue(world: SweptWorld, times: number): Promise<void> {
    for (let i = 0; i < times; i++) {
      const [watch] = await world.watches();
      const dueAt = new Date(String(watch?.dueAt));
      world.passSeconds((dueAt.getTime() - world.now().getTime()) / 1000);
      await sweepWatches(false, world.sweepDeps());
      world.engine.purgeQueue('lanes.fifo');
    }
  }

  it('is put off by twice as long each time its event has not moved, up to six hours', async () => {
    const world = await worldOf();
    const key = await world.arrive({ eventId: 'it', type: 'broken' });
    await world.workUntil(1);
    await redrive(action('it'), world.deps);
    world.engine.purgeQueue('lanes.fifo');

    await sweptWhenDue(world, 10);

    const times = world.sent.map(({ afterSeconds }) => afterSeconds);
    expect(times[0]).toBe(181);
    expect(times.slice(1).map((at, i) => at - times[i]!)).toEqual([
      600, 1200, 2400, 4800, 9600, 19_200, 21_600, 21_600, 21_600,
    ]);
    expect(new Set(world.sent.map(({ purpose }) => purpose)).size).toBe(10);
    expect(await world.watches()).toHaveLength(1);
    expect(world.sent.every(({ event, generation }) => event === key && generation === 1)).toBe(true);
  });

  it('is due in five minutes again once its event has moved', async () => {
    const world = await worldOf({ retry: { attempts: 5, delaysSeconds: [10] } });
    await world.arrive({ eventId: 'it', type: 'broken' });
    await world.workUntil(1);
    await redrive(action('it'), world.deps);
    world.engine.purgeQueue('lanes.fifo');
    await sweptWhenDue(world, 3);
    world.shop.whenCalled = () => {
      throw new Error('not now');
    };
    await world.deps.send({ event: 'acme#it', generation: 1, lane, purpose: 'reopened' });
    await world.processNext();
    world.engine.purgeQueue('lanes.fifo');

    await sweptWhenDue(world, 1);

    const [watch] = await world.watches();
    expect(await world.states('acme#it')).toEqual([
      'processing',
      'failed',
      'reopened',
      'processing',
      'retrying',
    ]);
    expect(+new Date(String(watch?.dueAt)) - +world.now()).toBe(300_000);
    expect(world.sent).toHaveLength(3);
  });

  it('of a source that is no longer configured waits until it is back', async () => {
    const world = await worldOf();
    const gone: EventKey = 'gone#1';
    const watch = { key: gone, lane: gone, dueAt: startedAt, intervalSeconds: 300, entryNumber: 0 };
    await world.dynamodb.send(
      new TransactWriteCommand({ TransactItems: [armWatch(world.stateTable, watch)] }),
    );
    await world.store({ source: 'gone', eventId: '1', lane: gone });

    await world.live(120);
    const [put] = await world.watches();
    const { acme } = world.deps.sources;
    await world.sweep({ sources: { gone: acme! } });
    world.passSeconds(600);
    await sweepWatches(false, world.sweepDeps({ sources: { gone: acme! } }));

    expect(+new Date(String(put?.dueAt)) - +startedAt).toBe(600_000);
    expect(world.sent.map(({ event }) => event)).toEqual([gone]);
  });
});
