/** The order of a lane (G3), proven with one process over a real database; test/README.md leads to the other tests of each guarantee. */
import { none, PermanentError, source, type Handler, type SourceOptions } from 'hooklane';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readEventInLane } from '../../../functions/lane/event-in-lane.ts';
import { discard, redrive, release } from '../../../functions/lane/repair.ts';
import { settle } from '../../../functions/lane/settle.ts';
import type { EventKey } from '../../../functions/ledger/keys.ts';
import { appendAll, processing } from '../../support/ledger-fixture.ts';
import { startTestDatabase, type TestDatabase } from '../../support/dynamodb.ts';
import { passMinutes } from '../../support/sweep-due-of.ts';
import { startedAt, startWorld, type World, type WorldOptions } from '../../support/world.ts';

const lane = 'acme#customer-1';
let database: TestDatabase;
beforeAll(async () => void (database = await startTestDatabase()));
afterAll(() => database.close());

/** A world whose handler fails for events of the type `broken`, as long as that is not repaired, and remembers what it processed. */
async function worldOf(options: Partial<SourceOptions>, more: Partial<WorldOptions> = {}) {
  const ran: string[] = [];
  const shop = { isBroken: true };
  const handler: Handler = async ({ type, eventId }) => {
    if (type === 'broken' && shop.isBroken) throw new PermanentError('the shop is broken');
    ran.push(eventId);
  };
  const acme = source({ verify: none(), id: 'id', lane: 'customer', ...options });
  const world = await startWorld(database, {
    sources: { acme },
    handlers: { 'acme/*': handler },
    ...more,
  });
  return { world, ran, shop };
}

const finals = (world: World, keys: readonly EventKey[]) =>
  Promise.all(keys.map(async (key) => (await world.ledger.newest(key))?.state ?? 'pending'));

describe('a lane that is held', () => {
  it('G3: parks what comes, and runs it in order once its head is repaired', async () => {
    const { world, ran, shop } = await worldOf({ onExhausted: 'hold' });
    const keys = [
      await world.arrive({ eventId: 'head', type: 'broken' }),
      await world.arrive({ eventId: 'a' }),
      await world.arrive({ eventId: 'b' }),
      await world.arrive({ eventId: 'c' }),
    ];
    await world.run();
    const held = await finals(world, keys);
    const heldLane = await world.lanes.read(lane);

    shop.isBroken = false;
    world.redriveFromConsole();
    await world.run();

    expect(held).toEqual(['failed', 'waiting', 'waiting', 'waiting']);
    expect(heldLane).toMatchObject({ turn: keys[0], waiting: 3 });
    expect(ran).toEqual(['head', 'a', 'b', 'c']);
    expect(await finals(world, keys)).toEqual(Array(4).fill('processed'));
    expect(await world.lanes.read(lane)).toBeUndefined();
    expect(await world.attention(keys[0]!)).toBeUndefined();
    expect(world.engine.attributes('lanes.fifo').ApproximateNumberOfMessages).toBe('0');
  });

  it('G3: stays held by its head, whose body expires and comes again with another lane', async () => {
    const { world, ran, shop } = await worldOf({ onExhausted: 'hold' });
    const head = await world.arrive({ eventId: 'head', type: 'broken' });
    await world.arrive({ eventId: 'a' });
    await world.run();
    await world.forgetBody(head);
    await world.arrive({ eventId: 'head', type: 'broken', lane: 'acme#customer-2' });
    await world.run();
    const held = await world.lanes.read(lane);

    shop.isBroken = false;
    world.redriveFromConsole();
    await world.run();

    expect(held).toMatchObject({ turn: head, waiting: 1 });
    expect(ran).toEqual(['head', 'a']);
    expect(await world.lanes.read(lane)).toBeUndefined();
  });

  it('G4: delays no other lane', async () => {
    const { world, ran } = await worldOf({ onExhausted: 'hold' });
    await world.arrive({ eventId: 'head', type: 'broken' });
    await world.arrive({ eventId: 'behind' });
    await world.arrive({ eventId: 'beside', lane: 'acme#customer-2' });

    await world.run(10);

    expect(ran).toEqual(['beside']);
  });

  it('G3: stays held when its head fails again, and while a follower fails the rest waits behind that', async () => {
    const { world, ran, shop } = await worldOf({ onExhausted: 'hold' });
    const head = await world.arrive({ eventId: 'head', type: 'broken' });
    const second = await world.arrive({ eventId: 'second', type: 'broken' });
    const third = await world.arrive({ eventId: 'third' });
    await world.run();

    world.redriveFromConsole();
    await world.run();
    const stillHeld = await finals(world, [head, second, third]);
    let broken = true;
    Object.defineProperty(shop, 'isBroken', { get: () => (broken = !broken), configurable: true });
    world.redriveFromConsole();
    await world.run();

    expect(stillHeld).toEqual(['failed', 'waiting', 'waiting']);
    expect(ran).toEqual(['head']);
    expect(await finals(world, [head, second, third])).toEqual(['processed', 'failed', 'waiting']);
    expect((await world.lanes.read(lane))?.turn).toBe(second);
    expect(await world.attention(head)).toBeUndefined();
    expect(await world.attention(second)).toBeDefined();
  });

  it('G3: is held by an event that is quarantined', async () => {
    const { world } = await worldOf({ onExhausted: 'hold', execution: 'at-most-once' });
    const head = await world.store({ eventId: 'head' });
    await appendAll(world, head, processing({ leaseUntil: startedAt }));
    const follower = await world.store({ eventId: 'follower' });

    const outcome = await world.deliver(head);
    await world.deliver(follower, { messageId: 'message-2' });

    expect(outcome).toEqual({ kind: 'done' });
    expect(await finals(world, [head, follower])).toEqual(['quarantined', 'waiting']);
    expect((await world.lanes.read(lane))?.turn).toBe(head);
  });

  it('G8: has a deadline, and is looked at when it comes, where its source gives one', async () => {
    const { world } = await worldOf({ onExhausted: 'hold', holdForSeconds: 900 });
    const head = await world.arrive({ eventId: 'head', type: 'broken' });

    await world.run();

    const deadline = new Date(startedAt.getTime() + 900_000);
    expect(await world.lanes.read(lane)).toMatchObject({ turn: head, holdUntil: deadline });
    expect(await world.due()).toContainEqual({ about: lane, dueAt: deadline.toISOString() });
  });

  it('G3: is held by the one that fails behind its head, where that is released meanwhile', async () => {
    const { world } = await worldOf({ onExhausted: 'hold' });
    const { acme } = world.deps.sources;
    await world.arrive({ eventId: 'head', type: 'broken' });
    const second = await world.arrive({ eventId: 'second' });
    await world.processNext();
    const read = await readEventInLane(second, acme!, world.deps);

    await release({ source: 'acme', lane, actor: 'ada', reason: 'let them pass' }, world.deps);
    await settle(read, { state: 'failed', cause: 'body-expired', actor: 'p' }, world.deps);

    expect(await world.lanes.read(lane)).toMatchObject({ turn: second });
  });

  /** Its head is put back while `second`, which was in flight beside it, fails for good; `third` and `fourth` wait. */
  async function failsBehindItsHead(options: Partial<SourceOptions> = {}) {
    const { world, ran, shop } = await worldOf({ onExhausted: 'hold', ...options });
    const second = await world.store({ eventId: 'second' });
    await appendAll(world, second, processing({ leaseUntil: startedAt }));
    const head = await world.arrive({ eventId: 'head', type: 'broken' });
    await world.run();
    shop.isBroken = false;
    const read = await readEventInLane(second, world.deps.sources.acme!, world.deps);
    await world.arrive({ eventId: 'third' });
    await world.arrive({ eventId: 'fourth' });
    await world.processNext();
    await world.processNext();
    world.redriveFromConsole();
    await settle(read, { state: 'failed', cause: 'permanent-error', actor: 'p' }, world.deps);
    const repair = (act: typeof redrive) =>
      act({ source: 'acme', eventId: 'second', actor: 'ada', reason: 'repaired' }, world.deps);
    return { world, ran, head, second, repair };
  }

  it('G3: is held next by what failed while the turn was on its head', async () => {
    const { world, ran, second, repair } = await failsBehindItsHead();
    await world.run();
    const [held, before] = [await world.lanes.read(lane), [...ran]];

    await repair(redrive);
    await world.run();

    expect(before).toEqual(['head']);
    expect(held).toMatchObject({ turn: second, waiting: 2 });
    expect(ran).toEqual(['head', 'second', 'third', 'fourth']);
    expect(await world.lanes.read(lane)).toBeUndefined();
  });

  it('G3: runs that before what waits, where it is put back while the turn is on its head', async () => {
    const { world, ran, repair } = await failsBehindItsHead();

    await repair(redrive);
    await world.run();

    expect(ran).toEqual(['head', 'second', 'third', 'fourth']);
    expect((await world.lanes.read(lane))?.turn).toBeUndefined();
  });

  it('G3: is not held by that once it is given up', async () => {
    const { world, ran, repair } = await failsBehindItsHead();

    await repair(discard);
    await world.run();

    expect(ran).toEqual(['head', 'third', 'fourth']);
    expect(await world.lanes.read(lane)).toBeUndefined();
  });

  it('G3: is held by that for as long as its source says, from when the turn comes to it', async () => {
    const { world, ran, second } = await failsBehindItsHead({ holdForSeconds: 900 });
    await world.run();
    const held = await world.lanes.read(lane);
    const came = world.now().getTime();

    await passMinutes(world, 20);

    expect(held).toMatchObject({ turn: second, holdUntil: new Date(came + 900_000) });
    expect(ran).toEqual(['head', 'third', 'fourth']);
    expect(await world.lanes.read(lane)).toBeUndefined();
  });

  it('is not one where nothing is known of an event but its message', async () => {
    const { world, ran } = await worldOf({ onExhausted: 'hold' });
    await world.deliver('acme#gone');

    const failed = await world.states('acme#gone');
    world.passSeconds(1);
    await world.arrive({ eventId: 'gone' });
    await world.run();

    expect(failed).toEqual(['failed']);
    expect(ran).toEqual(['gone']);
    expect(await world.lanes.read('acme#gone')).toBeUndefined();
  });

  it('G3: stays held by an event whose message came before its body, which comes again with another lane', async () => {
    const { world, ran } = await worldOf({ onExhausted: 'hold' });
    await world.deliver('acme#head');
    world.passSeconds(1);
    const head = await world.arrive({ eventId: 'head', type: 'broken' });
    await world.run();
    await world.forgetBody(head);
    world.passSeconds(1);
    await world.arrive({ eventId: 'head', type: 'broken', lane: 'acme#customer-2' });
    await world.arrive({ eventId: 'next' });
    await world.run();

    expect(ran).toEqual([]);
    expect(await world.lanes.read(lane)).toMatchObject({ turn: head, waiting: 1 });
    expect(await world.lanes.read('acme#customer-2')).toBeUndefined();
  });

  it('G3: parks an event that waits already only once', async () => {
    const { world } = await worldOf({ onExhausted: 'hold' });
    await world.arrive({ eventId: 'head', type: 'broken' });
    const follower = await world.arrive({ eventId: 'follower' });
    await world.run();

    const stale = await world.deliver(follower, { messageId: 'message-9' });

    expect(stale).toEqual({ kind: 'done' });
    expect(await world.states(follower)).toEqual(['waiting']);
    expect((await world.lanes.read(lane))?.waiting).toBe(1);
  });

  it('G8: hands over although the message cannot be sent, and is due, so that it is sent', async () => {
    const { world, ran, shop } = await worldOf({ onExhausted: 'hold' });
    await world.arrive({ eventId: 'head', type: 'broken' });
    const follower = await world.arrive({ eventId: 'follower' });
    await world.run();
    shop.isBroken = false;
    world.redriveFromConsole();
    await world.processNext('feeder.fifo');
    world.queue.isDown = true;

    await world.run();

    expect(ran).toEqual(['head']);
    expect(await world.lanes.read(lane)).toMatchObject({ turn: follower, waiting: 0 });
    const due = new Date(world.now().getTime() + 180_000).toISOString();
    expect(await world.due()).toEqual([{ about: lane, dueAt: due }]);
    world.queue.isDown = false;
    await passMinutes(world, 4);
    expect(ran).toEqual(['head', 'follower']);
  });

  it('G8: whose turn is on an event that is final is passed on when the sweeper looks', async () => {
    const { world, ran } = await worldOf({ onExhausted: 'hold' });
    const head = await world.arrive({ eventId: 'head', type: 'broken' });
    await world.arrive({ eventId: 'follower' });
    await world.run();
    await appendAll(world, head, { state: 'resolved', actor: 'somebody', reason: 'past the lane' });

    await passMinutes(world, 6);

    expect(ran).toEqual(['follower']);
    expect(await world.lanes.read(lane)).toBeUndefined();
  });

  it('costs its events no LANE item as long as nothing fails', async () => {
    const { world, ran } = await worldOf({ onExhausted: 'hold' });
    await world.arrive({ eventId: 'a' });
    await world.arrive({ eventId: 'b' });

    await world.processNext();
    const between = await world.lanes.read(lane);
    await world.run();

    expect(ran).toEqual(['a', 'b']);
    expect(between).toBeUndefined();
    expect(await world.due()).toEqual([]);
  });
});

describe('a lane that goes on', () => {
  it('G4: passes an event that failed', async () => {
    const { world, ran } = await worldOf({ onExhausted: 'continue' });
    await world.arrive({ eventId: 'head', type: 'broken' });
    await world.arrive({ eventId: 'a' });

    await world.run();

    expect(ran).toEqual(['a']);
    expect(await world.lanes.read(lane)).toBeUndefined();
  });

  it('G3: lets a later event wait while an earlier one is tried again', async () => {
    const order: string[] = [];
    const { world } = await worldOf(
      {},
      {
        handlers: {
          'acme/*': async ({ eventId }, { attempt }) => {
            order.push(`${eventId}${attempt}`);
            if (eventId === 'a' && attempt < 3) throw new Error('no');
          },
        },
      },
    );
    await world.arrive({ eventId: 'a' });
    await world.arrive({ eventId: 'b' });

    await world.run();

    expect(order).toEqual(['a1', 'a2', 'a3', 'b1']);
  });
});

describe('a lane in sequence', () => {
  const order = { sequence: 'n' };
  const numbered = (world: World, n: number, eventId = `n${n}`, type = 'step') =>
    world.arrive({ eventId, type, order: { sequence: n } });

  it('G3: runs the numbers in order, however they come', async () => {
    const { world, ran } = await worldOf({ order });
    const keys: EventKey[] = [];
    for (const n of [3, 2, 5, 1, 4]) keys.push(await numbered(world, n));

    await world.run();

    expect(ran).toEqual(['n1', 'n2', 'n3', 'n4', 'n5']);
    expect(await world.lanes.read(lane)).toMatchObject({ next: 6, waiting: 0 });
    expect(await finals(world, keys)).toEqual(Array(5).fill('processed'));
  });

  it('G8: waits at a gap with a deadline, and is looked at when it comes', async () => {
    const { world, ran } = await worldOf({ order: { ...order, gapTimeoutSeconds: 120 } });
    await numbered(world, 1);
    const early = await numbered(world, 3);

    await world.run(60);

    const deadline = new Date(startedAt.getTime() + 120_000);
    expect(ran).toEqual(['n1']);
    expect(await world.ledger.newest(early)).toMatchObject({
      state: 'waiting',
      reason: 'number 2 has not been seen',
    });
    expect(await world.lanes.read(lane)).toMatchObject({ next: 2, waiting: 1, gapUntil: deadline });
    expect(await world.due()).toEqual([{ about: lane, dueAt: deadline.toISOString() }]);
  });

  it('supersedes a number that has passed, and lets one that began run again', async () => {
    const { world, ran, shop } = await worldOf({ order });
    const failed = await numbered(world, 1, 'n1', 'broken');
    await numbered(world, 2);
    await world.run();
    const late = await numbered(world, 1, 'again');
    shop.isBroken = false;
    world.redriveFromConsole();

    await world.run();

    expect(ran).toEqual(['n2', 'n1']);
    expect(await finals(world, [failed, late])).toEqual(['processed', 'superseded']);
    expect(await world.ledger.newest(late)).toMatchObject({ reason: 'late', comparedTo: 'number 3' });
  });

  it('supersedes the second of one number, though both were waiting', async () => {
    const { world, ran } = await worldOf({ order });
    const first = await numbered(world, 2, 'a');
    const second = await numbered(world, 2, 'b');
    await numbered(world, 1);

    await world.run();

    expect(ran).toEqual(['n1', 'a']);
    expect(await finals(world, [first, second])).toEqual(['processed', 'superseded']);
    expect(await world.lanes.read(lane)).toMatchObject({ next: 3, waiting: 0 });
  });

  it('begins with whatever comes first where its source says so', async () => {
    const { world, ran } = await worldOf({ order: { ...order, start: 'first-seen' } });
    await numbered(world, 7);
    await numbered(world, 9);
    await numbered(world, 8);

    await world.run();

    expect(ran).toEqual(['n7', 'n8', 'n9']);
  });

  it('G3: holds the turn of a failed number, and numbers wait in their order behind it', async () => {
    const { world, ran, shop } = await worldOf({ order, onExhausted: 'hold' });
    await numbered(world, 1, 'n1', 'broken');
    await numbered(world, 3);
    await numbered(world, 2);
    await world.run();
    shop.isBroken = false;
    world.redriveFromConsole();

    await world.run();

    expect(ran).toEqual(['n1', 'n2', 'n3']);
  });

  it('runs an event without a number in the order of the queue', async () => {
    const { world, ran } = await worldOf({ order });
    await numbered(world, 2);
    await world.arrive({ eventId: 'plain' });
    await numbered(world, 1);

    await world.run();

    expect(ran).toEqual(['plain', 'n1', 'n2']);
  });
});

describe('a lane with prerequisites', () => {
  const order = { after: { paid: ['created'] } };

  it('G3: runs a type when what it waits for is final, whatever became of that', async () => {
    const { world, ran } = await worldOf(
      { order },
      {
        handlers: { 'acme/paid': async ({ eventId }) => void ran.push(eventId) },
      },
    );
    const paid = await world.arrive({ eventId: 'paid', type: 'paid' });
    await world.run(60);
    const before = await world.ledger.newest(paid);
    const created = await world.arrive({ eventId: 'created', type: 'created' });

    await world.run();

    expect(before).toMatchObject({ state: 'waiting', reason: 'waits for created' });
    expect(await finals(world, [created, paid])).toEqual(['ignored', 'processed']);
    expect(ran).toEqual(['paid']);
    expect(await world.lanes.read(lane)).toMatchObject({ done: ['created'], waiting: 0 });
  });

  it('lets types pass that need nothing', async () => {
    const { world, ran } = await worldOf({ order });
    await world.arrive({ eventId: 'paid', type: 'paid' });
    await world.arrive({ eventId: 'note', type: 'note' });
    await world.arrive({ eventId: 'created', type: 'created' });

    await world.run();

    expect(ran).toEqual(['note', 'created', 'paid']);
  });
});

describe('a lane with versions', () => {
  const order = { version: 'v' };
  const versioned = (world: World, version: string, type = 'step') =>
    world.arrive({ eventId: `v${version}`, type, order: { version } });

  it('supersedes what is older than the last processed, and runs what is equal', async () => {
    const { world, ran } = await worldOf({ order });
    await versioned(world, '10');
    const older = await versioned(world, '9');
    await world.arrive({ eventId: 'equal', order: { version: '10' } });
    await versioned(world, '11');

    await world.run();

    expect(ran).toEqual(['v10', 'equal', 'v11']);
    expect(await world.ledger.newest(older)).toMatchObject({
      state: 'superseded',
      reason: 'stale',
      comparedTo: 'version 10',
    });
  });

  it('supersedes a redriven event too, and takes it off the attention list', async () => {
    const { world, ran, shop } = await worldOf({ order });
    const failed = await versioned(world, '1', 'broken');
    await versioned(world, '2');
    await world.run();
    shop.isBroken = false;
    const before = await world.attention(failed);
    world.redriveFromConsole();

    await world.run();

    expect(before).toBeDefined();
    expect(ran).toEqual(['v2']);
    expect(await finals(world, [failed])).toEqual(['superseded']);
    expect(await world.attention(failed)).toBeUndefined();
    expect(world.deadLetters()).toEqual([]);
  });
});
