import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { attentionPartition, attentionShards } from '../../../functions/lane/attention.ts';
import { eventKey, shardOf, shardsPerMinute } from '../../../functions/ledger/keys.ts';
import { intercept, type Dynamo } from '../../contract/intercept.ts';
import { startTestDatabase, type TestDatabase } from '../../dynamodb.ts';
import { startSweptWorld, type SweptWorld } from './sweeper-world.ts';

let database: TestDatabase;
beforeAll(async () => void (database = await startTestDatabase()));
afterAll(() => database.close());

/** Each request of the sweeper to its tables takes so long. Lambda ends it ten seconds after its deadline. */
function slow(world: SweptWorld, seconds: number): { readonly dynamodb: Dynamo } {
  const endsAt = world.sweeperDeps().deadline.getTime() + 10_000;
  const dynamodb = intercept(world.dynamodb, async (_, next) => {
    world.passSeconds(seconds);
    if (world.now().getTime() >= endsAt) throw new Error('the function timed out');
    return await next();
  });
  return { dynamodb };
}

const ids = (world: SweptWorld) => world.runs.map(({ eventId }) => eventId);

async function attentionItems(world: SweptWorld): Promise<unknown[]> {
  const shards = Array.from({ length: attentionShards }, async (_, shard) => {
    const { Items = [] } = await world.dynamodb.send(
      new QueryCommand({
        TableName: world.stateTable,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': attentionPartition(shard) },
      }),
    );
    return Items;
  });
  return (await Promise.all(shards)).flat();
}

describe('a sweeper that is late', () => {
  it('asks for attention once, and no longer once it has caught up', async () => {
    const world = await startSweptWorld(database);
    world.passSeconds(30 * 60);
    const stopped = { deadline: world.now() };

    await world.sweep(stopped);
    await world.sweep(stopped);
    const late = await attentionItems(world);
    await world.sweep();

    expect(late).toHaveLength(1);
    expect(late).toMatchObject([
      { key: eventKey('sweeper', 'acme'), source: 'acme', reason: 'sweeper-late' },
    ]);
    expect(await attentionItems(world)).toEqual([]);
  });

  it.each([
    [5, 0],
    [6, 1],
  ])('%i minutes late asks for attention %i times', async (minutes, times) => {
    const world = await startSweptWorld(database);
    world.passSeconds(minutes * 60);

    await world.sweep({ deadline: world.now() });

    expect(await attentionItems(world)).toHaveLength(times);
  });
});

describe('a run that has no more time', () => {
  /** So many runs, one after the other, with a processor at work in between. Returns how many events each saw. */
  async function runs(world: SweptWorld, times: number): Promise<number[]> {
    const seen: number[] = [];
    for (let i = 0; i < times; i++) {
      const { events } = await world.sweep(slow(world, 1));
      seen.push(events);
      world.passSeconds(10);
      await world.workUntil(world.afterSeconds());
    }
    return seen;
  }

  it('leaves the minutes it has not read to the next one', async () => {
    const world = await startSweptWorld(database);
    for (let minute = 0; minute < 20; minute++) {
      await world.store({ eventId: `lost-${minute}`, lane: `acme#customer-${minute}` });
      world.passSeconds(60);
    }
    world.passSeconds(240);

    const seen = await runs(world, 10);

    expect(seen[0]).toBeLessThan(20);
    expect(seen.reduce((sum, events) => sum + events)).toBe(20);
    expect(world.sent).toHaveLength(20);
    expect(new Set(ids(world)).size).toBe(20);
    expect(world.runs).toHaveLength(20);
  });

  it('leaves the events of a minute it has not come to to the next one', async () => {
    const world = await startSweptWorld(database);
    const count = 100;
    for (let i = 0; i < count; i++) {
      await world.store({ eventId: `lost-${i}`, lane: eventKey('acme', `lost-${i}`) });
      world.passSeconds(0.1);
    }
    world.passSeconds(240);

    const seen = await runs(world, 12);

    expect(seen[0]).toBeGreaterThan(0);
    expect(seen.reduce((sum, events) => sum + events)).toBe(count);
    expect(world.sent).toHaveLength(count);
    expect(new Set(ids(world)).size).toBe(count);
    expect(world.runs).toHaveLength(count);
  });
});

describe('one event that cannot be looked at', () => {
  /** Every transaction of the sweeper fails that is about the event which it comes to first. */
  function failing(world: SweptWorld) {
    let first: string | undefined;
    const dynamodb = intercept(world.dynamodb, async ({ name, input }, next) => {
      const event = /lost-\d+/.exec(JSON.stringify(input))?.[0];
      if (name !== 'TransactWriteCommand' || event === undefined) return await next();
      first ??= event;
      if (event === first) throw new Error('TransactionConflict');
      return await next();
    });
    return { dynamodb, event: () => first };
  }
  const lanes = Array.from({ length: 12 }, (_, i) => `acme#customer-${i}`);

  /** One lost event in each lane, four minutes ago. */
  async function withLostEvents() {
    const world = await startSweptWorld(database);
    for (const [i, lane] of lanes.entries()) await world.store({ eventId: `lost-${i}`, lane });
    world.passSeconds(240);
    return world;
  }

  it('G8: keeps the sweeper from no other that is watched; it stays due, and the run is seen to fail', async () => {
    const world = await withLostEvents();
    await world.sweep({ maxConcurrency: 0, queue: async () => ({ visible: 1, inFlight: 0 }) });
    world.passSeconds(300);
    const { dynamodb, event } = failing(world);

    await expect(world.sweep({ dynamodb })).rejects.toThrow('1 looks failed');
    await world.workUntil(world.afterSeconds());
    const ran = ids(world);
    await world.live(world.afterSeconds() + 60);

    // Its message was sent, what failed is to arm its watch anew.
    expect(new Set(ran).size).toBe(lanes.length);
    expect(world.runs).toHaveLength(lanes.length);
    expect(ran).toContain(event());
  });

  it('G8: keeps the sweeper from no lane of another shard; its own minute is read again', async () => {
    const world = await withLostEvents();
    const { dynamodb, event } = failing(world);
    const shardOfEvent = (eventId = '') => shardOf(`acme#customer-${eventId.slice(5)}`, shardsPerMinute);

    await expect(world.sweep({ dynamodb })).rejects.toThrow('1 looks failed');
    await world.workUntil(world.afterSeconds());
    const ran = ids(world);
    await world.live(world.afterSeconds() + 60);

    const elsewhere = lanes
      .map((_, i) => `lost-${i}`)
      .filter((eventId) => shardOfEvent(eventId) !== shardOfEvent(event()));
    expect(elsewhere.length).toBeGreaterThan(0);
    expect(ran).toEqual(expect.arrayContaining(elsewhere));
    expect(ran).not.toContain(event());
    expect(new Set(ids(world)).size).toBe(lanes.length);
    expect(world.runs).toHaveLength(lanes.length);
  });

  it('has its source reported late as long as that lasts, whatever the other shards have read', async () => {
    const world = await withLostEvents();
    const { dynamodb } = failing(world);

    await expect(world.sweep({ dynamodb })).rejects.toThrow();
    world.passSeconds(360);
    await expect(world.sweep({ dynamodb })).rejects.toThrow();
    const late = await attentionItems(world);
    await world.sweep();

    expect(late).toMatchObject([{ source: 'acme', reason: 'sweeper-late' }]);
    expect(await attentionItems(world)).toEqual([]);
  });
});
