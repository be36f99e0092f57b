import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SourceOptions } from 'hooklane';
import type { EventKey } from '../../../functions/ledger/keys.ts';
import { startTestDatabase, type TestDatabase } from '../../support/dynamodb.ts';
import { startSweptWorld, type SweptWorld } from '../../support/sweeper-world.ts';

let database: TestDatabase;
beforeAll(async () => void (database = await startTestDatabase()));
afterAll(() => database.close());

async function startRated(perSecond: number, more: Partial<SourceOptions> = {}) {
  const world = await startSweptWorld(database, { atMost: { perSecond }, ...more });
  const calls: { readonly eventId: string; readonly at: number }[] = [];
  world.shop.whenCalled = (eventId) => void calls.push({ eventId, at: world.afterSeconds() });
  return { world, calls };
}

async function arriveInLanes(world: SweptWorld, lanes: number, each: number) {
  const keys: EventKey[] = [];
  for (let n = 0; n < each; n++) {
    for (let lane = 0; lane < lanes; lane++) {
      keys.push(await world.arrive({ eventId: `${lane}-${n}`, lane: `acme#customer-${lane}` }));
    }
  }
  return keys;
}

/** So many seconds of places are taken. */
const standInLine = (world: SweptWorld, seconds: number) =>
  world.dynamodb.send(
    new PutCommand({
      TableName: world.stateTable,
      Item: { pk: 'RATE#acme', sk: 'LINE', free: world.now().getTime() + seconds * 1000 },
    }),
  );

describe('a source with a rate', () => {
  it('G3: begins so many a second, serves its lanes in turn, and uses no attempt for a wait', async () => {
    const { world, calls } = await startRated(5);
    const keys = await arriveInLanes(world, 10, 4);

    await world.live(60);

    const perSecond = Map.groupBy(calls, ({ at }) => Math.floor(at));
    const attempts = await Promise.all(keys.map(async (key) => (await world.ledger.newest(key))?.attempt));
    expect(Math.max(...[...perSecond.values()].map(({ length }) => length))).toBeLessThanOrEqual(5);
    expect(calls.at(-1)?.at).toBeLessThan((40 / 5) * 1.25 + 2);
    expect(await world.finals(keys)).toEqual(keys.map(() => 'processed'));
    expect(attempts).toEqual(keys.map(() => 1));
    for (let lane = 0; lane < 10; lane++) {
      const own = world.ids().filter((id) => id.startsWith(`${lane}-`));
      expect(own).toEqual([0, 1, 2, 3].map((n) => `${lane}-${n}`));
      // Of the first twenty each lane has its two.
      expect(calls.slice(0, 20).filter(({ eventId }) => eventId.startsWith(`${lane}-`)).length).toBe(2);
    }
  });

  it('has places for what is wanted: what `when` leaves out takes none', async () => {
    const { world, calls } = await startRated(1, { when: ({ eventId }) => eventId.startsWith('9-') });
    const keys = await arriveInLanes(world, 10, 2);

    await world.live(10);

    expect(calls.map(({ eventId }) => eventId)).toEqual(['9-0', '9-1']);
    expect(calls.at(-1)?.at).toBeLessThan(3);
    expect((await world.finals(keys)).filter((state) => state === 'ignored')).toHaveLength(18);
  });

  it('runs one lane alone at its rate', async () => {
    const { world, calls } = await startRated(4);
    await arriveInLanes(world, 1, 20);

    await world.live(60);

    expect(calls).toHaveLength(20);
    expect(calls.at(-1)?.at).toBeLessThan(7);
  });

  it('keeps two minutes of events in the queue; lanes beyond that stand at the gate, and come in turn', async () => {
    const { world, calls } = await startRated(1);
    await standInLine(world, 118.5);
    const keys = await arriveInLanes(world, 5, 1);

    await world.workUntil(1);
    const stopped = await Promise.all(keys.map(async (key) => await world.ledger.newest(key)));
    await world.live(300);

    const waiting = { state: 'waiting', because: 'rate', attempt: 0 };
    expect(stopped.slice(0, 2)).toEqual([undefined, undefined]);
    expect(stopped.slice(2)).toMatchObject([waiting, waiting, waiting]);
    expect(calls.slice(0, 2).map(({ eventId }) => eventId)).toEqual(['0-0', '1-0']);
    expect(calls[0]?.at).toBeGreaterThanOrEqual(118.5);
    expect(await world.finals(keys)).toEqual(keys.map(() => 'processed'));
  });
});
