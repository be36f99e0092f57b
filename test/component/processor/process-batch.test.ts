import { DeleteCommand, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { none, RetryAfter, source } from 'hooklane';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { laneKey } from '../../../functions/lane/lane-store.ts';
import type { Entry } from '../../../functions/ledger/entry.ts';
import { entrySortKey, eventSortKey, type EventKey } from '../../../functions/ledger/keys.ts';
import { intercept } from '../../support/intercept.ts';
import { startTestDatabase, type TestDatabase } from '../../support/dynamodb.ts';
import { passMinutes } from '../../support/sweep-due-of.ts';
import { startedAt, startWorld, type World } from '../../support/world.ts';

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
    [12 * 60, 0],
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
      // A receive that begins in the outage fails after its three calls (event, lane, gates), which follow each other in this world.
      expect(lateMinutes).toBeLessThanOrEqual(1 + (3 * seconds) / 60);
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

describe('an item that cannot be read', () => {
  const damagedAt = async (
    damage: (world: World, key: EventKey) => Promise<{ about: EventKey; repair: () => Promise<unknown> }>,
  ) => {
    const ran: string[] = [];
    const world = await startWorld(database, {
      sources: { acme: source({ verify: none(), id: 'id', lane: 'customer', onExhausted: 'hold' }) },
      handlers: {
        'acme/*': async ({ eventId }, { attempt }) => {
          if (attempt === 1 && eventId === 'head') throw new RetryAfter(3600);
          ran.push(eventId);
        },
      },
    });
    await world.arrive({ eventId: 'head' });
    await world.arrive({ eventId: 'waits' });
    const key = await world.arrive({ eventId: 'own', lane: 'acme#own' });
    await world.arrive({ eventId: 'behind', lane: 'acme#own' });
    await world.arrive({ eventId: 'beside', lane: 'acme#customer-3' });
    const { about, repair } = await damage(world, key);
    return { world, ran, about, repair };
  };
  const putOver = async (
    world: World,
    TableName: string,
    Key: { pk: string; sk: string },
    damage: object,
  ) => {
    const { Item } = await world.dynamodb.send(new GetCommand({ TableName, Key }));
    await world.dynamodb.send(new PutCommand({ TableName, Item: { ...Item, ...Key, ...damage } }));
    return async () => {
      if (Item) await world.dynamodb.send(new PutCommand({ TableName, Item }));
      else await world.dynamodb.send(new DeleteCommand({ TableName, Key }));
    };
  };

  it.each<[string, Parameters<typeof damagedAt>[0], string[]]>([
    [
      'an EVENT',
      async (world, key) => ({
        about: key,
        repair: await putOver(
          world,
          world.ledgerTable,
          { pk: key, sk: eventSortKey },
          { acceptedAt: 'soon' },
        ),
      }),
      ['own', 'behind'],
    ],
    [
      'an entry',
      async (world, key) => ({
        about: key,
        repair: await putOver(
          world,
          world.ledgerTable,
          { pk: key, sk: entrySortKey(1) },
          { state: 'a state of a newer version' },
        ),
      }),
      ['own', 'behind'],
    ],
    [
      'a LANE',
      async (world) => ({
        about: 'acme#own',
        repair: await putOver(world, world.stateTable, laneKey('acme#own'), { lane: 'acme#own', version: 7 }),
      }),
      ['own', 'behind'],
    ],
  ])(
    '%s: stands alone, asks for attention, and runs with its lane once it can be read',
    async (_, damage, held) => {
      const { world, ran, about, repair } = await damagedAt(damage);

      await world.run(300);
      const before = [...ran];
      const attention = await world.attention(about);
      await repair();
      await world.run(300);

      expect(before).toEqual(['beside']);
      expect(attention).toMatchObject({ reason: 'unreadable-item', key: about, source: 'acme' });
      expect(ran).toEqual(['beside', ...held]);
      expect(world.deadLetters()).toEqual([]);
    },
  );

  it('a WAIT: is left out, asks for attention, and the others of its lane run', async () => {
    const { world, ran, about } = await damagedAt(async (each) => {
      await each.arrive({ eventId: 'waits too' });
      await each.run(0);
      const parked = (await each.ledger.newest('acme#waits')) as Extract<Entry, { state: 'waiting' }>;
      const Key = { pk: laneKey('acme#customer-1').pk, sk: `WAIT#${parked.position}` };
      const repair = await putOver(each, each.stateTable, Key, { generation: 'many' });
      return { about: 'acme#waits', repair };
    });

    await passMinutes(world, 62);

    expect(ran).toEqual(['own', 'behind', 'beside', 'head', 'waits too']);
    expect(await world.attention(about)).toMatchObject({ reason: 'unreadable-item' });
    expect(await world.lanes.read('acme#customer-1')).toMatchObject({ waiting: 1 });
  });

  it('whose attention cannot be raised either comes back like any outage', async () => {
    const { world, ran, repair } = await damagedAt(async (each, key) => {
      const commit = each.deps.lanes.commit.bind(each.deps.lanes);
      let isDown = true;
      Object.assign(each.deps.lanes, {
        commit: (...items: Parameters<typeof commit>) =>
          isDown ? Promise.reject(new Error('down')) : commit(...items),
      });
      const mend = await putOver(each, each.ledgerTable, { pk: key, sk: eventSortKey }, { type: 5 });
      return {
        about: key,
        repair: () => {
          isDown = false;
          return mend();
        },
      };
    });

    await world.run(90);
    await repair();
    await world.run(90);

    expect(ran).toEqual(['beside', 'own', 'behind']);
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
    expect(world.now()).toEqual(new Date(startedAt.getTime() + 40_000));
  });
});
