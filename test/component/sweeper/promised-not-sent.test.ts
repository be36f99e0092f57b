import type { SourceOptions } from 'hooklane';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { redrive, replay } from '../../../functions/lane/repair.ts';
import { settle } from '../../../functions/ingest/take-event.ts';
import type { IncomingEvent } from '../../../functions/sources/incoming-event.ts';
import { anEvent } from '../../support/ledger-fixture.ts';
import { startTestDatabase, type TestDatabase } from '../../support/dynamodb.ts';
import { startSweptWorld, type SweptWorld } from '../../support/sweeper-world.ts';

const lane = 'acme#customer-1';
const fiveMinutes = 300;
let database: TestDatabase;
beforeAll(async () => void (database = await startTestDatabase()));
afterAll(() => database.close());

const worldOf = (options?: Partial<SourceOptions>) => startSweptWorld(database, options);
const action = (eventId: string) => ({ source: 'acme', eventId, actor: 'ada', reason: 'repaired' });
const laneMessages = (world: SweptWorld) => world.sent.filter(({ kind }) => kind === 'lane');

/** An event that ran, or failed, ten minutes before; the queue cannot be reached from now on. */
async function afterAnEvent(type: string, options?: Partial<SourceOptions>) {
  const world = await worldOf(options);
  const key = await world.arrive({ eventId: 'it', type });
  await world.live(600);
  world.shop.isBroken = false;
  world.queue.isDown = true;
  return { world, key, promisedAt: world.afterSeconds() };
}

async function runsInTime(world: SweptWorld, promisedAt: number, sweepers: number, before: string[]) {
  world.queue.isDown = false;
  const receivedBefore = world.received();

  await world.live(promisedAt + 1200, { sweepers, from: promisedAt + 59 });

  expect(world.ids()).toEqual([...before, 'it']);
  expect(world.runs.at(-1)!.afterSeconds - promisedAt).toBeLessThanOrEqual(fiveMinutes);
  expect(world.received() - receivedBefore).toBe(1);
  // Where both of them see it, both send the same.
  expect(laneMessages(world).length).toBeGreaterThanOrEqual(1);
  expect(laneMessages(world).length).toBeLessThanOrEqual(sweepers);
  expect(await world.due()).toEqual([]);
  expect(await world.lanes.read(lane)).toBeUndefined();
}

describe.each(['continue', 'hold'] as const)('what was promised and not sent (%s)', (onExhausted) => {
  it.each([1, 2])('G8: by a redelivery: runs once, within five minutes (sweepers: %i)', async (sweepers) => {
    const { world, promisedAt } = await afterAnEvent('broken', { onExhausted });
    const copy = await world.ledger.accept(anEvent({ eventId: 'it', type: 'broken' }));
    if (copy.kind !== 'duplicate') throw new Error('it is a duplicate');
    const event = { source: 'acme', eventId: 'it', lane } as IncomingEvent;
    const settled = await settle(event, copy, world.deps.sources.acme!, world.deps);
    expect(settled).toMatchObject({ outcome: { status: 'reopened' }, message: { purpose: 'reopened' } });

    await runsInTime(world, promisedAt, sweepers, []);
  });

  it.each([1, 2])('G8: by a redrive: runs once, within five minutes (sweepers: %i)', async (sweepers) => {
    const { world, promisedAt } = await afterAnEvent('broken', { onExhausted });
    await redrive(action('it'), world.deps);

    await runsInTime(world, promisedAt, sweepers, []);
  });

  it.each([1, 2])('G8: by a replay: runs once more, within five minutes (sweepers: %i)', async (sweepers) => {
    const { world, promisedAt } = await afterAnEvent('sound', { onExhausted });
    await replay(action('it'), world.deps);

    await runsInTime(world, promisedAt, sweepers, ['it']);
  });
});

describe('a hand-over that was promised and not sent', () => {
  it.each([1, 2])(
    'G8: is sent: the next one runs once, within five minutes (sweepers: %i)',
    async (sweepers) => {
      const world = await worldOf({ onExhausted: 'hold' });
      await world.arrive({ eventId: 'head', type: 'broken' });
      await world.arrive({ eventId: 'it' });
      await world.live(600);
      world.shop.isBroken = false;
      world.redriveFromConsole();
      await world.processNext('feeder.fifo');
      world.shop.whenCalled = () => void (world.queue.isDown = true);
      const promisedAt = world.afterSeconds();
      await world.processNext();
      const handedOver = await world.lanes.read(lane);
      world.shop.whenCalled = () => undefined;

      expect(world.ids()).toEqual(['head']);
      expect(handedOver).toMatchObject({ turn: 'acme#it', waiting: 0 });
      await runsInTime(world, promisedAt, sweepers, ['head']);
    },
  );

  /** Each of them is handed the turn, and no message of it is sent. */
  it('G8: is sent in time again where the one before it in the lane was not sent either', async () => {
    const world = await worldOf({ order: { sequence: 'n', gapTimeoutSeconds: 36_000 } });
    await world.arrive({ eventId: 'three', order: { sequence: 3 } });
    world.passSeconds(1);
    await world.arrive({ eventId: 'two', order: { sequence: 2 } });
    await world.workUntil(10);
    world.passSeconds(1);
    await world.arrive({ eventId: 'one', order: { sequence: 1 } });
    world.shop.whenCalled = () => void (world.queue.isDown = true);
    await world.processNext();
    const lostAt: number[] = [world.afterSeconds()];
    world.shop.whenCalled = (eventId) => {
      if (eventId !== 'two') return;
      world.queue.isDown = true;
      lostAt.push(world.afterSeconds());
    };

    for (let at = 60; at < 1500; at += 60) {
      await world.workUntil(at);
      world.queue.isDown = false;
      await world.sweep();
    }

    expect(world.ids()).toEqual(['one', 'two', 'three']);
    expect(world.runs[1]!.afterSeconds - lostAt[0]!).toBeLessThanOrEqual(fiveMinutes);
    expect(world.runs[2]!.afterSeconds - lostAt[1]!).toBeLessThanOrEqual(fiveMinutes);
  });
});

it('is not sent again where it was sent and waits its turn to be taken', async () => {
  const { world, promisedAt } = await afterAnEvent('broken');
  world.queue.isDown = false;
  await redrive(action('it'), world.deps);

  for (let at = promisedAt; at < promisedAt + 180; at += 60) {
    await world.sweep();
    world.passSeconds(60);
  }
  const before = laneMessages(world).length;
  for (let at = promisedAt + 180; at < promisedAt + 3600; at += 60) {
    await world.sweep();
    world.passSeconds(60);
  }

  expect(before).toBe(0);
  expect(laneMessages(world)).toHaveLength(1);
});
