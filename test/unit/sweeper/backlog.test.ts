import { expect, describe, it } from 'vitest';
import { tables } from '../../../functions/settings.ts';
import { DynamoDbModel } from '../../simulation/dynamodb/model.ts';
import { startedAt, type Database } from '../world.ts';
import { maxConcurrency, startSweptWorld, type SweptWorld } from './sweeper-world.ts';

/** Thousands of items: the model of the simulation, which passes the ledger's contract and parity tests. */
function modelOfDynamoDb(): Database {
  const model = new DynamoDbModel({ now: () => startedAt.getTime() });
  return {
    dynamodb: { send: async (command: object) => model.execute(command) },
    table: async (shape) => {
      model.createTable(shape, tables[shape]);
      return shape;
    },
  };
}

const count = 5000;

/** Events that arrived within a minute while the processor did not run. */
async function withBacklog(laneOf: (n: number) => string): Promise<SweptWorld> {
  const world = await startSweptWorld(modelOfDynamoDb());
  for (let n = 0; n < count; n++) {
    await world.arrive({ eventId: `event-${n}`, lane: `acme#${laneOf(n)}` });
    world.passSeconds(0.01);
  }
  return world;
}

/** As many attempts as the processor may run at once, or as there are lanes, have begun while `meanwhile` happens, and end after it. */
async function whileBusy(world: SweptWorld, meanwhile: () => Promise<unknown>): Promise<void> {
  const attempts: Promise<void>[] = [];
  const { promise: over, resolve: end } = Promise.withResolvers<undefined>();
  for (let n = 0; n < maxConcurrency; n++) {
    const message = world.receive();
    if (message === undefined) break;
    await new Promise<void>((begun) => {
      world.shop.whenCalled = async () => {
        begun();
        await over;
      };
      attempts.push(world.process(message));
    });
  }
  world.shop.whenCalled = () => undefined;
  await meanwhile();
  end(undefined);
  await Promise.all(attempts);
}

/** The processor settles so many events a minute, and is busy to its limit whenever sweepers come. Returns how often they came. */
async function drain(world: SweptWorld, perMinute: number, sweepers: number): Promise<number> {
  let minutes = 0;
  for (; world.runs.length < count; minutes++) {
    for (let n = 0; n < perMinute; n++) if (!(await world.processNext())) break;
    await whileBusy(world, () => Promise.all(Array.from({ length: sweepers }, () => world.sweep())));
    world.passSeconds(60);
  }
  return minutes;
}

describe('a backlog of 5,000 events', () => {
  it.each([
    ['in 500 lanes, with two sweepers', (n: number) => `customer-${n % 500}`, 2],
    ['in 5,000 lanes', (n: number) => `customer-${n}`, 1],
    ['in one lane', () => 'customer-1', 1],
  ])('G8: is not sent again while it drains: %s', { timeout: 60_000 }, async (_, laneOf, sweepers) => {
    const world = await withBacklog(laneOf);

    const minutes = await drain(world, 250, sweepers);
    await world.live(world.afterSeconds() + 900);

    expect(minutes).toBeGreaterThan(15);
    expect(world.sent).toEqual([]);
    expect(world.runs).toHaveLength(count);
    expect(new Set(world.runs.map(({ eventId }) => eventId)).size).toBe(count);
    expect(world.engine.attributes('lanes.fifo').ApproximateNumberOfMessages).toBe('0');
    expect(await world.watches()).toEqual([]);
  });
});
