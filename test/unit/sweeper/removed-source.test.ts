import { RetryAfter } from 'hooklane';
import { describe, expect, it } from 'vitest';
import { matterKey } from '../../../functions/lane/attention.ts';
import { startedAt } from '../../support/world.ts';
import { memoryDatabase } from '../../support/memory-database.ts';
import { startSweptWorld, type SweptWorld } from '../../support/sweeper-world.ts';

const lane = 'acme#customer-1';
const removed = { sources: {} };
const asked = matterKey('acme', 'not-configured');
const threeHours = 3 * 3600;
const expiresAt = new Date(startedAt.getTime() + threeHours * 1000);

/** What a lane is left with as its source is taken out of the configuration. */
const left: Readonly<Record<string, (world: SweptWorld) => Promise<unknown>>> = {
  'a delay that has long been over': async (world) => {
    world.shop.whenCalled = () => {
      if (world.afterSeconds() < 60) throw new RetryAfter(600);
    };
    await world.arrive({ eventId: 'it', expiresAt });
  },
  'an event that waits in a gap': (world) =>
    world.arrive({ eventId: 'it', expiresAt, order: { sequence: 2 } }),
  'an event that was never sent': (world) => world.store({ eventId: 'it', expiresAt }),
};

describe.each(Object.keys(left))('the lane of a source that was removed, with %s', (name) => {
  async function start() {
    const order = { sequence: 'n', gapTimeoutSeconds: 600 } as const;
    const world = await startSweptWorld(memoryDatabase(), { order, onExhausted: 'hold' });
    const leave = left[name];
    if (leave === undefined) throw new Error('it is one of them');
    await leave(world);
    await world.workUntil(1);
    // Its first look, before the source goes; what is sent is lost with the queue.
    await world.workUntil(240);
    await world.sweep();
    world.engine.purgeQueue('lanes.fifo');
    return world;
  }

  it('ends being watched once the bodies have expired', async () => {
    const world = await start();
    const before = world.sent.length;

    await world.live(threeHours, { over: removed });
    const watched = await world.due();
    await world.live(threeHours + 3660, { over: removed });

    expect(watched.filter(({ about }) => about !== asked)).toMatchObject([{ about: lane }]);
    expect((await world.due()).filter(({ about }) => about !== asked)).toEqual([]);
    expect(await world.attention(asked)).toMatchObject({ source: 'acme', reason: 'not-configured' });
    expect(world.sent).toHaveLength(before);
    expect(world.runs).toEqual([]);
  });

  it('G8: goes on once the source is back', async () => {
    const world = await start();
    await world.live(7200, { over: removed });
    const before = [...world.runs];

    await world.live(7200 + 3660);

    expect(before).toEqual([]);
    expect(world.ids()).toEqual(['it']);
    expect(await world.finals(['acme#it'])).toEqual(['processed']);
  });
});
