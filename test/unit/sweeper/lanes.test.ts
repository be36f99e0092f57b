import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { RetryAfter, WaitFor, type SourceOptions } from 'hooklane';
import { describe, expect, it } from 'vitest';
import { stateOf } from '../../../functions/lane/lane.ts';
import { laneKey } from '../../../functions/lane/lane-store.ts';
import { discard, redrive, resolve } from '../../../functions/lane/repair.ts';
import { eventKey, type EventKey } from '../../../functions/ledger/keys.ts';
import { memoryDatabase } from '../../support/memory-database.ts';
import { startSweptWorld, type SweptWorld } from '../../support/sweeper-world.ts';
import { startedAt } from '../../support/world.ts';

const lane = 'acme#customer-1';
const fiveMinutes = 300;
const worldOf = (options?: Partial<SourceOptions>) => startSweptWorld(memoryDatabase(), options);
const action = (eventId: string) => ({ source: 'acme', eventId, actor: 'ada', reason: 'repaired' });

/** It begins, its worker dies, and its message is never seen again. */
async function dieIn(world: SweptWorld): Promise<void> {
  world.engine.delete('lanes.fifo', await hangIn(world));
}

/** It begins, and its worker is never heard of again. Returns the receipt handle of its message. */
async function hangIn(world: SweptWorld): Promise<string> {
  const message = world.receive();
  if (message === undefined) throw new Error('there is a message');
  const { event } = JSON.parse(message.body) as { event: `${string}#${string}` };
  await world.ledger.append(event, await world.ledger.newest(event), {
    state: 'processing',
    actor: 'p',
    worker: 'p',
    leaseUntil: new Date(world.now().getTime() + 30_000),
  });
  return message.receiptHandle;
}

describe('an event whose worker died, and whose message is gone', () => {
  it.each([1, 2])(
    'G8: runs again within five minutes of the end of its lease (sweepers: %i)',
    async (sweepers) => {
      const world = await worldOf();
      const key = await world.arrive({ eventId: 'it' });
      await dieIn(world);
      await world.arrive({ eventId: 'next' });

      await world.live(1500, { sweepers });

      // The one behind it was in the queue, and nothing in an open lane held it back.
      expect(world.ids()).toEqual(['next', 'it']);
      expect(world.runs[1]!.afterSeconds).toBeLessThanOrEqual(30 + fiveMinutes);
      expect(await world.states(key)).toEqual(['processing', 'processing', 'processed']);
      expect(await world.lanes.read(lane)).toBeUndefined();
    },
  );

  it('G8: takes the turn as it is sent again, so that what arrives then runs behind it', async () => {
    const world = await worldOf({ onExhausted: 'hold' });
    await world.arrive({ eventId: 'it' });
    await dieIn(world);
    await world.live(179);
    world.passSeconds(1);

    await world.sweep();
    const sent = await world.lanes.read(lane);
    world.passSeconds(10);
    await world.arrive({ eventId: 'next' });
    await world.live(900);

    expect(sent).toMatchObject({ turn: 'acme#it' });
    expect(world.ids()).toEqual(['it', 'next']);
    expect(await world.lanes.read(lane)).toBeUndefined();
  });
});

describe('a lane whose turn is on a final event', () => {
  it.each([1, 2])('G8: is passed on (sweepers: %i)', async (sweepers) => {
    const world = await worldOf({ onExhausted: 'hold' });
    const head = await world.arrive({ eventId: 'head', type: 'broken' });
    const next = await world.arrive({ eventId: 'next' });
    const last = await world.arrive({ eventId: 'last' });
    await world.workUntil(1);
    await world.ledger.append(head, await world.ledger.newest(head), {
      state: 'resolved',
      actor: 'ada',
      reason: 'by a version that knew of no lanes',
    });

    await world.live(900, { sweepers, from: 60 });

    expect(world.ids()).toEqual(['next', 'last']);
    expect(world.runs[0]!.afterSeconds).toBeLessThanOrEqual(fiveMinutes + 60);
    expect(await world.finals([head, next, last])).toEqual(['resolved', 'processed', 'processed']);
    expect(await world.lanes.read(lane)).toBeUndefined();
  });
});

describe('a lane that is held', () => {
  it.each([1, 2])('G8: goes on after `holdForSeconds` (sweepers: %i)', async (sweepers) => {
    const world = await worldOf({ onExhausted: 'hold', holdForSeconds: 840 });
    const head = await world.arrive({ eventId: 'head', type: 'broken' });
    const followers = [await world.arrive({ eventId: 'a' }), await world.arrive({ eventId: 'b' })];

    await world.live(839, { sweepers });
    const held = [...world.ids()];
    await world.live(1500, { sweepers, from: 840 });

    expect(held).toEqual([]);
    expect(world.runs).toEqual([
      { eventId: 'a', afterSeconds: 840 },
      { eventId: 'b', afterSeconds: 840 },
    ]);
    expect(await world.finals([head, ...followers])).toEqual(['failed', 'processed', 'processed']);
    expect((await world.notes(head)).filter((what) => what === 'released')).toHaveLength(1);
    expect(await world.attention(head)).toBeDefined();
    expect(await world.lanes.read(lane)).toBeUndefined();
  });

  it('G8: goes on with the next number, as if the one that failed had run', async () => {
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

    await world.live(7200);

    expect(world.runs).toEqual([]);
    expect(world.sent).toEqual([]);
    expect(await world.lanes.read(lane)).toMatchObject({ turn: head, waiting: 1 });
    expect(await world.due()).toEqual([]);
  });
});

describe('a gap', () => {
  it.each([1, 2])('G8: ends after its time: what waits in it runs (sweepers: %i)', async (sweepers) => {
    const order = { sequence: 'n', gapTimeoutSeconds: 600 } as const;
    const world = await worldOf({ order });
    const keys = [
      await world.arrive({ eventId: 'two', order: { sequence: 2 } }),
      await world.arrive({ eventId: 'three', order: { sequence: 3 } }),
    ];

    await world.live(599, { sweepers });
    const before = [...world.ids()];
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
  });

  it.each([1, 2])(
    'G8: ends after its time: what waits in it fails, where asked to (sweepers: %i)',
    async (sweepers) => {
      const order = { sequence: 'n', gapTimeoutSeconds: 600, onGap: 'fail' } as const;
      const world = await worldOf({ order, onExhausted: 'hold' });
      const two = await world.arrive({ eventId: 'two', order: { sequence: 2 } });
      const three = await world.arrive({ eventId: 'three', order: { sequence: 3 } });

      await world.live(1200, { sweepers });
      const failed = await world.finals([two, three]);
      const asked = await world.attention(two);
      const letters = world.deadLetters();
      await redrive(action('two'), world.deps);
      await world.live(1260, { sweepers });

      expect(failed).toEqual(['failed', 'waiting']);
      expect(asked).toMatchObject({ reason: 'gap' });
      expect(letters).toMatchObject([{ deadLetter: two }]);
      expect(await world.states(two)).toEqual(['waiting', 'failed', 'reopened', 'processing', 'processed']);
      expect(world.ids()).toEqual(['two', 'three']);
    },
  );

  it('G8: ends for all that wait for the same type, though not for what waits for another', async () => {
    const order = { after: { paid: ['created'], shipped: ['packed'] }, gapTimeoutSeconds: 3600 } as const;
    const world = await worldOf({ order });
    for (let n = 0; n < 6; n++) await world.arrive({ eventId: `paid-${n}`, type: 'paid' });
    await world.workUntil(1800);
    await world.arrive({ eventId: 'shipped', type: 'shipped' });

    await world.live(3660, { from: 1800 });

    expect(world.ids()).toEqual(['paid-0', 'paid-1', 'paid-2', 'paid-3', 'paid-4', 'paid-5']);
    expect(world.runs.every(({ afterSeconds }) => afterSeconds === 3600)).toBe(true);
  });
});

describe('an event that comes to rest after its body has expired', () => {
  it.each([
    ['resolved', resolve],
    ['discarded', discard],
  ] as const)('G3: is %s, and the next number runs at once', async (_how, repair) => {
    const world = await worldOf({ onExhausted: 'hold', order: { sequence: 'n' } });
    const one = await world.arrive({ eventId: 'one', type: 'broken', order: { sequence: 1 } });
    await world.arrive({ eventId: 'two', order: { sequence: 2 } });
    await world.workUntil(60);
    await world.forgetBody(one);

    await repair(action('one'), world.deps);
    await world.workUntil(120);

    expect(world.runs).toEqual([{ eventId: 'two', afterSeconds: 60 }]);
  });

  it('G3: ends the wait for its type', async () => {
    const world = await worldOf();
    world.shop.whenCalled = (eventId) => {
      if (eventId === 'receipt' && world.afterSeconds() < 60)
        throw new WaitFor(['broken'], { timeoutSeconds: 3600 });
    };
    const paid = await world.arrive({ eventId: 'paid', type: 'broken' });
    await world.arrive({ eventId: 'receipt' });
    await world.workUntil(60);
    await world.forgetBody(paid);

    await discard(action('paid'), world.deps);
    await world.workUntil(120);

    expect(world.runs).toEqual([{ eventId: 'receipt', afterSeconds: 60 }]);
  });

  it('G8: leaves no gap before those behind it, whose bodies have expired too', async () => {
    const world = await worldOf({ order: { sequence: 'n', gapTimeoutSeconds: 600 } });
    world.shop.whenCalled = (eventId) => {
      if (eventId === 'one' && world.afterSeconds() < 60) throw new RetryAfter(1800);
    };
    await world.arrive({ eventId: 'one', order: { sequence: 1 } });
    const keys: EventKey[] = [];
    for (const sequence of [2, 3, 4])
      keys.push(await world.arrive({ eventId: `event-${sequence}`, order: { sequence } }));
    await world.workUntil(60);
    for (const key of keys) await world.forgetBody(key);

    await world.live(1860);

    expect(world.ids()).toEqual(['one']);
    expect(await world.finals(keys)).toEqual(['failed', 'failed', 'failed']);
  });
});

describe('a gap whose first one is discarded', () => {
  it('G8: is looked at when the time of the next one has come, and not before', async () => {
    const world = await worldOf();
    world.shop.whenCalled = (eventId) => {
      if (eventId === 'slow' && world.afterSeconds() < 180) throw new RetryAfter(180);
      const timeoutSeconds = { short: 300, long: 1200 }[eventId] ?? 2400;
      if (world.afterSeconds() < timeoutSeconds) throw new WaitFor(['never'], { timeoutSeconds });
    };
    for (const eventId of ['short', 'long', 'slow']) await world.arrive({ eventId });
    await world.workUntil(60);

    await discard(action('short'), world.deps);
    await world.live(360);
    const between = await world.lanes.read(lane);
    await world.live(1260, { from: 420 });

    const end = new Date(startedAt.getTime() + 1200_000);
    expect(between).toMatchObject({ waiting: 2, gapUntil: end, dueAt: end });
    expect(world.runs).toEqual([{ eventId: 'long', afterSeconds: 1200 }]);
  });

  it('leaves its whole time to the one that parks after it', async () => {
    const world = await worldOf({ order: { after: { paid: ['created'] }, gapTimeoutSeconds: 600 } });
    world.shop.whenCalled = (eventId) => {
      if (eventId === 'slow' && world.afterSeconds() < 180) throw new RetryAfter(180);
    };
    await world.arrive({ eventId: 'first', type: 'paid' });
    await world.arrive({ eventId: 'slow' });
    await world.workUntil(60);

    await discard(action('first'), world.deps);
    await world.arrive({ eventId: 'second', type: 'paid' });
    await world.live(900);

    expect(world.runs).toEqual([
      { eventId: 'slow', afterSeconds: 180 },
      { eventId: 'second', afterSeconds: 780 },
    ]);
  });

  it('leaves their whole time to those that wait behind the turn by then', async () => {
    const world = await worldOf({ order: { after: { paid: ['created'] }, gapTimeoutSeconds: 600 } });
    world.shop.whenCalled = (eventId) => {
      if (eventId === 'slow' && world.afterSeconds() < 180) throw new RetryAfter(180);
    };
    await world.arrive({ eventId: 'first', type: 'paid' });
    await world.arrive({ eventId: 'slow' });
    await world.arrive({ eventId: 'second', type: 'paid' });
    await world.workUntil(60);

    await discard(action('first'), world.deps);
    await world.arrive({ eventId: 'third', type: 'paid' });
    await world.live(900);

    expect(world.runs).toEqual([
      { eventId: 'slow', afterSeconds: 180 },
      { eventId: 'second', afterSeconds: 780 },
      { eventId: 'third', afterSeconds: 780 },
    ]);
  });
});

/** `paid` waits for `created` in a gap of 600 s, and `first` has the turn. Each event that `retriesUntil` names is put off until then, in seconds. */
async function paidWaits(retriesUntil: Readonly<Record<string, number>>) {
  const after = { paid: ['created'], refunded: ['approved'] };
  const world = await worldOf({ order: { after, gapTimeoutSeconds: 600 } });
  world.shop.whenCalled = (eventId) => {
    const until = retriesUntil[eventId] ?? 0;
    if (world.afterSeconds() < until) throw new RetryAfter(until - world.afterSeconds());
  };
  await world.arrive({ eventId: 'paid', type: 'paid' });
  await world.arrive({ eventId: 'first' });
  await world.workUntil(60);
  return world;
}

describe('a gap that is closed by what was missing', () => {
  it.each([
    ['nobody else', []],
    ['another', ['third']],
  ])('leaves the next one its whole time, while %s waits behind the turn', async (_, others) => {
    const world = await paidWaits({ first: 400, second: 900 });
    await world.arrive({ eventId: 'created', type: 'created' });
    for (const eventId of ['second', ...others]) await world.arrive({ eventId });
    await world.live(780);
    await world.arrive({ eventId: 'refunded', type: 'refunded' });
    await world.live(2000, { from: 840 });

    expect(world.ids()).toEqual(['first', 'created', 'paid', 'second', ...others, 'refunded']);
    // Its turn came at 900 s: since then it waits for nothing but the type.
    expect(world.runs.at(-1)?.afterSeconds).toBe(1500);
  });
});

describe('an event that parked behind the turn, and waits for a type once that is free', () => {
  const start = () => paidWaits({ first: 300, paid: 900, slow: 900 });

  it('waits on while the turn is on the one of its gap whose type has come', async () => {
    const world = await start();
    await world.arrive({ eventId: 'refunded', type: 'refunded' });
    await world.arrive({ eventId: 'created', type: 'created' });
    await world.live(1500);

    // The turn passed it by at 300 s: its time was over while the other one had the turn.
    expect(world.runs.slice(-2)).toEqual([
      { eventId: 'paid', afterSeconds: 900 },
      { eventId: 'refunded', afterSeconds: 960 },
    ]);
  });

  it('waits on while the turn is on one that waits for nothing', async () => {
    const world = await start();
    await world.arrive({ eventId: 'refunded', type: 'refunded' });
    await world.arrive({ eventId: 'slow' });
    await world.workUntil(60);
    await discard(action('paid'), world.deps);
    await world.live(1500);

    expect(world.runs.slice(-2)).toEqual([
      { eventId: 'slow', afterSeconds: 900 },
      { eventId: 'refunded', afterSeconds: 960 },
    ]);
  });

  it('leaves a gap its end that a version wrote which did not write down who is the last in it', async () => {
    const world = await start();
    await world.dynamodb.send(
      new UpdateCommand({
        TableName: world.stateTable,
        Key: laneKey(lane),
        UpdateExpression: 'REMOVE gapUpTo',
      }),
    );
    await world.live(720);

    expect(world.sent.at(-1)).toMatchObject({ event: 'acme#paid', afterSeconds: 600 });
  });
});

describe('an event that was put back, and whose message was lost', () => {
  it.each([lane, 'acme#it'])(
    'G8: fails, and asks for attention, where its body expires before it is looked at (lane %s)',
    async (laneName) => {
      const world = await worldOf();
      const key = await world.arrive({ eventId: 'it', type: 'broken', lane: laneName });
      await world.workUntil(60);
      world.queue.isDown = true;
      await redrive(action('it'), world.deps);
      world.queue.isDown = false;
      await world.forgetBody(key);

      await world.live(60 + fiveMinutes);
      const asked = await world.attention(key);
      await world.live(1500);

      expect(asked).toMatchObject({ reason: 'body-expired' });
      expect(await world.finals([key])).toEqual(['failed']);
      expect(await world.lanes.read(laneName)).toBeUndefined();
    },
  );
});

describe('a lost event', () => {
  it.each(['resolve', 'discard'] as const)(
    'G8: behind one that has failed is sent within five minutes, though an operator repairs that one meanwhile (%s)',
    async (how) => {
      const world = await worldOf();
      await world.arrive({ eventId: 'first', type: 'broken' });
      await world.store({ eventId: 'second' });
      world.passSeconds(110);
      await world.processNext();
      await world.live(225);

      await { resolve, discard }[how](action('first'), world.deps);
      await world.live(900);

      expect(world.runs.at(-1)).toMatchObject({ eventId: 'second' });
      expect(world.runs.at(-1)!.afterSeconds).toBeLessThanOrEqual(fiveMinutes);
    },
  );

  it('is not sent by a run that was frozen for minutes after it had looked', async () => {
    const world = await worldOf();
    await world.store({ eventId: 'lost' });
    world.passSeconds(180);
    const { dynamodb } = world;
    const frozen: Pick<typeof dynamodb, 'send'> = {
      send: async (command: Parameters<typeof dynamodb.send>[0]): Promise<unknown> => {
        const answer: unknown = await dynamodb.send(command);
        const isLook = command instanceof GetCommand && command.input.Key?.['sk'] === 'LANE';
        if (isLook && world.sent.length === 0) {
          await world.sweep();
          world.passSeconds(360);
        }
        return answer;
      },
    };

    const run = world.sweep({ dynamodb: frozen });

    await expect(run).rejects.toThrow();
    expect(world.sent).toHaveLength(1);
  });

  it('is sent once by two sweepers, though its lane moves between their looks', async () => {
    const world = await worldOf();
    await world.store({ eventId: 'lost' });
    const sqs = {
      send: async (command: Parameters<typeof world.deps.sqs.send>[0]): Promise<unknown> => {
        const answer: unknown = await world.deps.sqs.send(command);
        if (world.sent.length > 0) return answer;
        const moved = world.lanes.change(undefined, { ...stateOf(undefined, lane), latest: '1' });
        await world.lanes.commit([moved.item]);
        await world.sweep();
        return answer;
      },
    };
    world.passSeconds(180);

    await world.sweep({ sqs });

    expect(world.sent).toHaveLength(2);
    expect(world.engine.messages('lanes.fifo')).toHaveLength(1);
  });
});

describe('lost events of a lane', () => {
  it('G8: are all sent within five minutes, although the first comes to rest before the turn that it takes is written down', async () => {
    const world = await worldOf({ execution: 'at-most-once' });
    await world.arrive({ eventId: 'begun' });
    await dieIn(world);
    const behind = await world.store({ eventId: 'behind' });
    const sqs = {
      send: async (command: Parameters<typeof world.deps.sqs.send>[0]): Promise<unknown> => {
        const answer: unknown = await world.deps.sqs.send(command);
        await world.processNext();
        return answer;
      },
    };
    world.passSeconds(180);
    await world.sweep({ sqs });
    const sentFirst = world.sent.length;

    await world.live(180 + fiveMinutes);

    expect(sentFirst).toBe(1);
    expect(await world.states(behind)).toContain('processed');
  });

  it('are sent once in an hour, although the first one parks before the sweeper has written down what it sent', async () => {
    const world = await startSweptWorld(memoryDatabase(), { order: { sequence: 'n' } });
    await world.store({ eventId: 'second', order: { sequence: 2 } });
    await world.store({ eventId: 'first', order: { sequence: 1 } });
    const sqs = {
      send: async (command: Parameters<typeof world.deps.sqs.send>[0]): Promise<unknown> => {
        const answer: unknown = await world.deps.sqs.send(command);
        if (world.sent.length === 0) await world.processNext();
        return answer;
      },
    };
    world.passSeconds(180);
    await world.sweep({ sqs });
    const { length } = world.sent;

    // Nobody receives the other one, for longer than SQS knows the second message of a deduplication id.
    for (let minute = 0; minute < 12; minute++) {
      world.passSeconds(60);
      await world.sweep();
    }

    expect(length).toBe(2);
    expect(world.sent).toHaveLength(2);
  });
});

describe('a lane of which the sweeper sends what was lost', () => {
  it('G8: is looked at when the time of what waits in its gap is over', async () => {
    const world = await worldOf();
    world.shop.whenCalled = (eventId) => {
      if (eventId === 'waits' && world.afterSeconds() < 60)
        throw new WaitFor(['never'], { timeoutSeconds: 200 });
    };
    await world.arrive({ eventId: 'waits' });
    await world.store({ eventId: 'lost' });
    await world.live(120);
    await world.workUntil(180);
    await world.sweep();
    world.engine.purgeQueue('lanes.fifo');

    await world.live(500, { from: 240 });

    expect(world.sent[0]).toMatchObject({ event: 'acme#lost', afterSeconds: 180 });
    expect(world.runs[0]).toEqual({ eventId: 'waits', afterSeconds: 240 });
  });

  it('G8: is looked at when what is behind its turn counts as lost', async () => {
    const world = await worldOf();
    world.shop.whenCalled = (eventId) => {
      if (eventId === 'head') throw new RetryAfter(330);
    };
    await world.arrive({ eventId: 'head' });
    await world.store({ eventId: 'earlier' });
    await world.live(300);
    const storedAt = world.afterSeconds();
    const lost = await world.store({ eventId: 'lost', acceptedAt: world.now() });
    // Nobody receives what the sweeper sends.
    for (let at = storedAt; at < storedAt + 600; at += 20) {
      world.passSeconds(20);
      await world.sweep();
    }

    const sent = world.sent.find((one) => one.kind === 'lane' && one.event === lost);
    expect(sent?.afterSeconds).toBeLessThanOrEqual(storedAt + fiveMinutes);
  });
});

describe('an event in a long delay', () => {
  it('G8: is sent in the minute in which its time has come, and keeps nothing in the queue until then', async () => {
    const world = await worldOf({ retry: { attempts: 5, delaysSeconds: [3600] } });
    world.shop.whenCalled = (eventId) => {
      if (eventId === 'it' && world.afterSeconds() < 600) throw new Error('not now');
    };
    await world.arrive({ eventId: 'it' });
    await world.arrive({ eventId: 'next' });
    await world.live(3599, { from: 59 });
    const queue = world.engine.attributes('lanes.fifo');
    const sentMeanwhile = world.sent.length;

    await world.live(7200);

    expect([queue.ApproximateNumberOfMessages, queue.ApproximateNumberOfMessagesNotVisible]).toEqual([
      '0',
      '0',
    ]);
    expect(sentMeanwhile).toBe(0);
    expect(world.ids()).toEqual(['it', 'next']);
    expect(world.runs[0]!.afterSeconds).toBeGreaterThanOrEqual(3600);
    expect(world.runs[0]!.afterSeconds).toBeLessThan(3660);
    expect(world.sent).toHaveLength(1);
    expect(await world.lanes.read(lane)).toBeUndefined();
  });
});

describe('a follower that is in the queue behind a long head', () => {
  it('is not sent as soon as that has come to rest: it may be about to begin', async () => {
    const world = await worldOf({ retry: { attempts: 100, delaysSeconds: [100] } });
    world.shop.whenCalled = (eventId) => {
      if (eventId === 'head' && world.afterSeconds() < 690) throw new Error('not now');
    };
    await world.arrive({ eventId: 'head' });
    await world.arrive({ eventId: 'next' });
    await world.live(660, { from: 37 });
    while (world.runs.length === 0) if (!(await world.processNext())) world.passSeconds(1);
    const [ran, restAt] = [[...world.ids()], world.afterSeconds()];
    while (world.afterSeconds() < restAt + 110) {
      world.passSeconds(10);
      await world.sweep();
    }
    const sentMeanwhile = world.sent.length;
    await world.live(1800);

    expect(ran).toEqual(['head']);
    expect(sentMeanwhile).toBe(0);
    expect(world.ids()).toEqual(['head', 'next']);
  });
});

describe('a follower that was sent again with its head', () => {
  it('is not sent once more within the hour because the head, which began and hung, was', async () => {
    const world = await worldOf();
    await world.store({ eventId: 'head' });
    await world.store({ eventId: 'next' });
    world.passSeconds(180);
    await world.sweep();
    await hangIn(world);
    while (world.sent.length < 3 && world.afterSeconds() < fiveMinutes * 3) {
      world.passSeconds(60);
      await world.sweep();
    }

    await world.processNext();
    for (let minute = 0; minute < 40; minute++) {
      world.passSeconds(60);
      await world.sweep();
    }

    expect(world.ids()).toEqual(['head']);
    expect(world.sent.map((message) => message.kind === 'lane' && message.event)).toEqual([
      'acme#head',
      'acme#next',
      'acme#head',
    ]);
  });
});

describe('a follower that was lost behind a long head', () => {
  it.each([
    ['in an hour-long delay', () => new RetryAfter(3600)],
    ['in delays of two minutes', () => new RetryAfter(120)],
    ['in delays of ten minutes', () => new RetryAfter(600)],
  ])('G8: runs within five minutes after the head came to rest: %s', async (_, error) => {
    const world = await worldOf({ retry: { attempts: 100, delaysSeconds: [1] } });
    world.shop.whenCalled = (eventId) => {
      if (eventId === 'head' && world.afterSeconds() < 3000) throw error();
      if (eventId === 'head') world.passSeconds(20);
    };
    await world.arrive({ eventId: 'head' });
    await world.store({ eventId: 'lost' });

    await world.live(7200, { from: 37 });

    expect(world.ids()).toEqual(['head', 'lost']);
    expect(world.runs[1]!.afterSeconds - world.runs[0]!.afterSeconds).toBeLessThanOrEqual(fiveMinutes);
  });

  it('G8: runs within five minutes after a held head was repaired', async () => {
    const world = await worldOf({ onExhausted: 'hold' });
    await world.arrive({ eventId: 'head', type: 'broken' });
    await world.arrive({ eventId: 'parked' });
    await world.store({ eventId: 'lost' });
    await world.live(3600, { from: 37 });
    world.shop.isBroken = false;
    await redrive(action('head'), world.deps);

    await world.live(5000);

    expect(world.ids()).toEqual(['head', 'parked', 'lost']);
    expect(world.runs[2]!.afterSeconds - world.runs[1]!.afterSeconds).toBeLessThanOrEqual(fiveMinutes);
    expect(await world.lanes.read(lane)).toBeUndefined();
  });

  it('G8: runs within five minutes after a head that hangs, again and again, came to rest', async () => {
    const world = await worldOf({ retry: { attempts: 1000, delaysSeconds: [1] } });
    await world.arrive({ eventId: 'head' });
    await world.store({ eventId: 'lost' });
    const head = eventKey('acme', 'head');
    while (world.afterSeconds() < 3000) {
      // Whoever has it is never heard of again until its visibility timeout is over.
      world.receive();
      const newest = await world.ledger.newest(head);
      const leaseUntil = new Date(world.now().getTime() + 30_000);
      await world.ledger.append(head, newest, { state: 'processing', actor: 'p', worker: 'p', leaseUntil });
      world.passSeconds(25);
      await world.sweep();
      world.passSeconds(15);
    }
    const sentMeanwhile = world.sent.length;

    await world.live(6000);

    expect(sentMeanwhile).toBe(0);
    expect(world.ids()).toEqual(['head', 'lost']);
    expect(world.runs[1]!.afterSeconds - world.runs[0]!.afterSeconds).toBeLessThanOrEqual(fiveMinutes);
  });
});
