import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { SourceOptions } from 'hooklane';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { laneKey } from '../../../functions/lane/lane-store.ts';
import { pause, resume } from '../../../functions/lane/pause.ts';
import type { EventKey } from '../../../functions/ledger/keys.ts';
import { startTestDatabase, type TestDatabase } from '../../support/dynamodb.ts';
import { startSweptWorld, type SweptWorld } from '../../support/sweeper-world.ts';

let database: TestDatabase;
beforeAll(async () => void (database = await startTestDatabase()));
afterAll(() => database.close());

/** Handlers that run until they are let go. */
async function startLimited(atOnce: number, more: Partial<SourceOptions> = {}) {
  const world = await startSweptWorld(database, { atMost: { atOnce }, ...more });
  const begun: string[] = [];
  const running = new Map<string, () => void>();
  world.shop.whenCalled = async (eventId) => {
    begun.push(eventId);
    let letGoOfThis = (): void => undefined;
    await new Promise<void>((resolve) => running.set(eventId, (letGoOfThis = resolve)));
    if (running.get(eventId) === letGoOfThis) running.delete(eventId);
  };
  const instances = new Set<Promise<unknown>>();

  /** Instances take what is visible, each at work on its message until its handler is let go. */
  async function takeAll(): Promise<void> {
    for (let message = world.receive(); message; message = world.receive()) {
      world.passSeconds(0.01);
      const before = begun.length;
      const instance = world.process(message).finally(() => instances.delete(instance));
      instances.add(instance);
      while (instances.has(instance) && begun.length === before) await new Promise((go) => setTimeout(go, 2));
    }
  }

  async function letGo(eventId: string): Promise<void> {
    const left = instances.size;
    running.get(eventId)?.();
    while (instances.size === left) await new Promise((go) => setTimeout(go, 2));
  }

  return { world, begun, running, takeAll, letGo };
}

async function arriveInLanes(world: SweptWorld, lanes: number, each = 1) {
  const keys: EventKey[] = [];
  for (let n = 0; n < each; n++) {
    for (let lane = 0; lane < lanes; lane++) {
      keys.push(await world.arrive({ eventId: `${lane}-${n}`, lane: `acme#customer-${lane}` }));
      world.passSeconds(0.01);
    }
  }
  return keys;
}

const slotsOf = async ({ dynamodb, stateTable: TableName }: SweptWorld) =>
  (
    await dynamodb.send(
      new GetCommand({ TableName, Key: { pk: 'RATE#acme', sk: 'SLOTS' }, ConsistentRead: true }),
    )
  ).Item;

const damage = (lane: string, { dynamodb, stateTable: TableName }: SweptWorld) =>
  dynamodb.send(
    new UpdateCommand({
      TableName,
      Key: laneKey(lane),
      UpdateExpression: 'SET waiting = :damaged',
      ExpressionAttributeValues: { ':damaged': 'many' },
    }),
  );

describe('a source with slots', () => {
  it('G3: runs so many at once, the others in the order in which they came, each lane in its own, and uses no attempt for a wait', async () => {
    const { world, begun, running, takeAll, letGo } = await startLimited(2);
    const keys = await arriveInLanes(world, 5, 2);
    let most = 0;

    await takeAll();
    for (let n = 0; n < keys.length; n++) {
      most = Math.max(most, running.size);
      await letGo(begun[n] ?? '');
      await takeAll();
    }

    const attempts = await Promise.all(keys.map(async (key) => (await world.ledger.newest(key))?.attempt));
    expect(most).toBe(2);
    expect(begun).toHaveLength(10);
    expect(new Set(begun.slice(0, 5)).size).toBe(5);
    expect(begun.slice(0, 5).every((id) => id.endsWith('-0'))).toBe(true);
    expect(begun.slice(2, 5)).toEqual(['2-0', '3-0', '4-0']);
    expect(await world.finals(keys)).toEqual(keys.map(() => 'processed'));
    expect(attempts).toEqual(keys.map(() => 1));
    expect(await slotsOf(world)).toEqual({ pk: 'RATE#acme', sk: 'SLOTS', used: 0 });
  });

  it('gets a slot back when the lease of an instance is over that was killed in a run', async () => {
    const { world, begun, takeAll, letGo } = await startLimited(1);
    const [killed, next] = await arriveInLanes(world, 2);
    await takeAll();
    const before = [...begun];

    // It is never let go: 30 s of its lease, 5 of slack; its message comes back after 40.
    world.passSeconds(36);
    await world.sweep();
    await takeAll();
    await letGo('1-0');

    expect(before).toEqual(['0-0']);
    expect(begun).toEqual(['0-0', '1-0']);
    expect(await world.finals([killed ?? 'acme#', next ?? 'acme#'])).toEqual(['processing', 'processed']);
  });

  it('leaves the slot to an attempt that has followed one which had lost its lease', async () => {
    const { world, begun, running, takeAll, letGo } = await startLimited(1);
    await arriveInLanes(world, 1);
    await takeAll();
    const frozen = running.get('0-0');
    world.passSeconds(41);
    await takeAll();
    const held = await slotsOf(world);

    frozen?.();
    await new Promise((go) => setTimeout(go, 200));

    expect(begun).toEqual(['0-0', '0-0']);
    expect(await slotsOf(world)).toEqual(held);
    await letGo('0-0');
    expect(await slotsOf(world)).toMatchObject({ used: 0 });
  });

  it('is kept for no lane that a pause has stopped meanwhile: all go on as soon as the source is resumed', async () => {
    const { world, begun, takeAll, letGo } = await startLimited(1);
    const operator = { source: 'acme', actor: 'ada', reason: 'the shop moves' };
    const deps = { ...world.deps, dynamodb: world.dynamodb };
    await arriveInLanes(world, 3);
    await takeAll();
    await pause(operator, deps);
    world.passSeconds(5);
    await letGo('0-0');
    await takeAll();
    const whilePaused = await slotsOf(world);

    await resume(operator, deps);
    await takeAll();

    expect(whilePaused).toMatchObject({ used: 0 });
    expect(begun).toEqual(['0-0', '2-0']);
    await letGo('2-0');
    await takeAll();
    await letGo('1-0');
    expect(begun).toEqual(['0-0', '2-0', '1-0']);
    expect(world.sent).toEqual([]);
  });

  it('passes over a lane that cannot be read, which is on the attention list', async () => {
    const { world, begun, takeAll, letGo } = await startLimited(1);
    await arriveInLanes(world, 3);
    await takeAll();
    await damage('acme#customer-1', world);

    await letGo('0-0');
    await takeAll();

    expect(begun).toEqual(['0-0', '2-0']);
    expect(await world.attention('acme#customer-1')).toMatchObject({ reason: 'unreadable-item' });
    await letGo('2-0');
  });

  it('is not left by another copy of the message, which has not run', async () => {
    const { world, begun, takeAll, letGo } = await startLimited(1);
    const [key = 'acme#'] = await arriveInLanes(world, 1);
    await takeAll();
    const held = await slotsOf(world);

    // As if this copy had read the event before the other one began.
    const { ledger } = world.deps;
    const read = ledger.read.bind(ledger);
    let isFirst = true;
    Object.assign(world.deps, {
      ledger: {
        ...ledger,
        read: async (of: EventKey) => {
          const { event, entries } = await read(of);
          const seen = isFirst ? [] : entries;
          isFirst = false;
          return { event, entries: seen };
        },
      },
    });
    const second = await world.deliver(key, { messageId: 'message-2' }, 'acme#customer-0');

    expect(second.kind).toBe('later');
    expect(begun).toEqual(['0-0']);
    expect(await slotsOf(world)).toEqual(held);
    await letGo('0-0');
  });

  it('holds a rate as well', async () => {
    const { world, begun, running, takeAll, letGo } = await startLimited(2, {
      atMost: { perSecond: 1, atOnce: 2 },
    });
    await arriveInLanes(world, 3);

    await takeAll();
    expect(begun).toEqual(['0-0', '1-0']);
    expect(running.size).toBe(2);
    await letGo('0-0');
    await takeAll();
    for (let tries = 0; begun.length < 3 && tries < 10; tries++) {
      world.passSeconds(1);
      await takeAll();
    }

    expect(begun).toEqual(['0-0', '1-0', '2-0']);
    await letGo('1-0');
    await letGo('2-0');
  });

  it('has a slot for nothing that `when` leaves out', async () => {
    const { world, begun, takeAll, letGo } = await startLimited(1, {
      when: ({ eventId }) => eventId !== '1-0',
    });
    const keys = await arriveInLanes(world, 2);

    await takeAll();

    expect(begun).toEqual(['0-0']);
    expect(await world.finals(keys)).toEqual(['processing', 'ignored']);
    await letGo('0-0');
  });
});
