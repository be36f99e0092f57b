import { none, source } from 'hooklane';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { intercept } from '../../contract/intercept.ts';
import { startTestDatabase, type TestDatabase } from '../../dynamodb.ts';
import { startedAt, startWorld } from '../world.ts';

let database: TestDatabase;
beforeAll(async () => void (database = await startTestDatabase()));
afterAll(() => database.close());

/** A world whose database is out of reach for some minutes from the start; every call then takes so many seconds to fail. */
async function worldWithOutage(minutes: number, secondsPerCall: number) {
  const ran: string[] = [];
  let refused = 0;
  const world = await startWorld(database, {
    sources: { acme: source({ verify: none(), id: 'id', lane: 'customer' }) },
    handlers: { 'acme/*': async ({ eventId }) => void ran.push(eventId) },
    between: (dynamodb) =>
      intercept(dynamodb, async (_, next) => {
        if (world.now().getTime() - startedAt.getTime() >= minutes * 60_000) return await next();
        refused++;
        world.passSeconds(secondsPerCall);
        throw new Error('connect ECONNREFUSED');
      }),
  });
  return { world, ran, refused: () => refused };
}

describe('an outage of the ledger', () => {
  it.each([
    [10, 0],
    [10, 9],
    [180, 0],
  ])(
    'G1: of %i minutes dead-letters nothing, with calls that take %i s to fail',
    async (minutes, seconds) => {
      const { world, ran, refused } = await worldWithOutage(minutes, seconds);
      for (const customer of ['1', '2', '3']) {
        for (const n of ['a', 'b', 'c']) {
          await world.arrive({ eventId: `${customer}${n}`, lane: `acme#${customer}` });
        }
      }

      await world.run(24 * 3600);

      expect(refused()).toBeGreaterThan(3);
      expect(world.deadLetters()).toEqual([]);
      expect(ran.toSorted()).toEqual(['1a', '1b', '1c', '2a', '2b', '2c', '3a', '3b', '3c']);
      for (const customer of ['1', '2', '3']) {
        expect(ran.filter((id) => id.startsWith(customer)).map((id) => id[1])).toEqual(['a', 'b', 'c']);
      }
      const lateMinutes = (world.now().getTime() - startedAt.getTime()) / 60_000 - minutes;
      expect(lateMinutes).toBeLessThan(16);
    },
  );

  it('costs an event no attempt', async () => {
    const { world } = await worldWithOutage(10, 0);
    const key = await world.arrive();

    await world.run(3600);

    expect((await world.ledger.read(key)).entries).toMatchObject([
      { state: 'processing', attempt: 1 },
      { state: 'processed', attempt: 1 },
    ]);
  });

  it('that begins while a handler runs is waited for as long as the lease lasts, and what it did is recorded', async () => {
    let downUntil = 0;
    const ran: number[] = [];
    const world = await startWorld(database, {
      sources: { acme: source({ verify: none(), id: 'id', lane: 'customer' }) },
      handlers: {
        'acme/*': async (_, { attempt }) => {
          ran.push(attempt);
          downUntil = world.now().getTime() + 20_000;
        },
      },
      between: (dynamodb) =>
        intercept(dynamodb, async (_, next) => {
          if (world.now().getTime() < downUntil) throw new Error('connect ECONNREFUSED');
          return await next();
        }),
    });
    const key = await world.arrive();

    await world.run(600);

    expect(ran).toEqual([1]);
    expect(await world.states(key)).toEqual(['processing', 'processed']);
  });
});

describe('a batch', () => {
  it('reports a message that is not done, and no other', async () => {
    const world = await startWorld(database, {
      sources: { acme: source({ verify: none(), id: 'id', lane: 'customer' }) },
      handlers: {
        'acme/*': async ({ eventId }) => {
          if (eventId === 'bad') throw new Error('no');
        },
      },
    });
    await world.arrive({ eventId: 'good', lane: 'acme#1' });
    await world.arrive({ eventId: 'bad', lane: 'acme#2' });

    await world.processNext();
    await world.processNext();

    expect(world.engine.attributes('lanes.fifo')).toMatchObject({
      ApproximateNumberOfMessages: '0',
      ApproximateNumberOfMessagesNotVisible: '1',
    });
  });

  it('is done with what it did where the queue cannot be told when to bring the rest back', async () => {
    const world = await startWorld(database, {
      sources: { acme: source({ verify: none(), id: 'id', lane: 'customer' }) },
      handlers: {
        'acme/*': async (_, { attempt }) => {
          world.queue.isDown = attempt === 1;
          if (attempt === 1) throw new Error('no');
        },
      },
    });
    const key = await world.arrive();

    await world.processNext();
    world.queue.isDown = false;
    await world.run();

    expect(await world.states(key)).toEqual(['processing', 'retrying', 'processing', 'processed']);
    expect(world.now()).toEqual(new Date(startedAt.getTime() + 180_000));
  });
});
