import { randomUUID } from 'node:crypto';
import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import fc from 'fast-check';
import { none, PermanentError, source, type SourceOptions } from 'hooklane';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { attentionKey } from '../../../functions/lane/attention.ts';
import { laneGroup } from '../../../functions/lane/lane-group.ts';
import { createLaneStore, laneKey, type LaneStore } from '../../../functions/lane/lane-store.ts';
import { redrive } from '../../../functions/lane/repair.ts';
import { UnreadableItem } from '../../../functions/ledger/unreadable.ts';
import type { LaneState, WaitItem } from '../../../functions/lane/lane.ts';
import type { Disposition } from '../../../functions/processor/deps.ts';
import { startTestDatabase, type TestDatabase } from '../../support/dynamodb.ts';
import { startWorld } from '../../support/world.ts';
import { intercept, losingAnswers } from '../../support/intercept.ts';

let database: TestDatabase;
beforeAll(async () => void (database = await startTestDatabase()));
afterAll(() => database.close());

const waitingAt = (position: string, fields: Partial<WaitItem> = {}): WaitItem => ({
  key: `acme#${position}`,
  type: 'step',
  started: false,
  replayed: false,
  position,
  generation: 0,
  tick: 0,
  ...fields,
});
async function allWaiting(lanes: LaneStore, lane: string): Promise<WaitItem[]> {
  const found: WaitItem[] = [];
  for await (const waiting of lanes.waiting(lane)) found.push(waiting);
  return found;
}
const now = () => new Date('2026-11-24T10:00:00.000Z');
const position = (n: number) => String(n).padStart(20, '0');

describe('the lane store', () => {
  let stateTable: string;
  let lanes: LaneStore;
  beforeAll(async () => {
    stateTable = await database.table('state');
    lanes = createLaneStore({ dynamodb: database.dynamodb, stateTable, newId: randomUUID, now });
  });
  const newLane = (fields: Partial<LaneState> = {}): LaneState => ({
    lane: `acme#${randomUUID()}`,
    waiting: 0,
    ...fields,
  });
  /** Puts a lane where there was none, and reads it. */
  async function created(fields: Partial<LaneState> = {}) {
    const state = newLane(fields);
    await lanes.commit([lanes.change(undefined, state).item]);
    return (await lanes.read(state.lane))!;
  }
  const keysWaiting = async (lane: string) => (await allWaiting(lanes, lane)).map(({ key }) => key);

  it('reads a lane as it was written, with the version that was made for it', async () => {
    const state = newLane({
      turn: 'acme#1',
      holdUntil: new Date('2026-11-24T11:00:00.000Z'),
      gapUntil: new Date('2026-11-24T11:00:00.001Z'),
      waiting: 3,
      next: 7,
      latest: '10.5',
      done: ['created'],
      wanted: { created: 0, constructor: 3 },
      tick: 3,
      dueAt: new Date('2026-11-24T10:05:00.000Z'),
      watchFrom: new Date('2026-11-24T09:00:00.000Z'),
      sent: { entry: 2, upTo: now(), at: new Date('2026-11-24T10:01:00.000Z'), times: 2 },
    });
    const { item, version } = lanes.change(undefined, state);

    expect(await lanes.read(state.lane)).toBeUndefined();
    expect(await lanes.commit([item])).toBe('committed');

    expect(await lanes.read(state.lane)).toEqual({ ...state, version });
  });

  it('forgets what is no longer said of a lane', async () => {
    const lane = await created({ turn: 'acme#1', holdUntil: new Date(), dueAt: new Date() });

    await lanes.commit([
      lanes.change(lane, { ...lane, turn: undefined, holdUntil: undefined, dueAt: undefined }).item,
    ]);

    expect(await lanes.read(lane.lane)).toEqual({
      lane: lane.lane,
      waiting: 0,
      version: expect.any(String) as string,
    });
  });

  it('G3: changes and removes a lane only as it was read', async () => {
    const read = await created({ turn: 'acme#1' });
    const changed = await lanes.commit([lanes.change(read, { ...read, waiting: 1 }).item]);

    const stale = await lanes.commit([lanes.change(read, { ...read, turn: 'acme#2' }).item]);
    const staleRemoval = await lanes.commit([lanes.change(read, undefined).item]);
    const staleCreation = await lanes.commit([lanes.change(undefined, { ...read, turn: 'acme#3' }).item]);
    const now = await lanes.read(read.lane);
    const removal = await lanes.commit([lanes.change(now, undefined).item]);
    const twice = await lanes.commit([lanes.change(now, undefined).item]);

    expect(changed).toBe('committed');
    expect([stale, staleRemoval, staleCreation]).toEqual(['moved', 'moved', 'moved']);
    expect(now).toMatchObject({ turn: 'acme#1', waiting: 1 });
    expect([removal, twice]).toEqual(['committed', 'moved']);
    expect(await lanes.read(read.lane)).toBeUndefined();
  });

  it('G3: does not take a lane that was removed and made again for the one that was read', async () => {
    const read = await created();
    await lanes.commit([lanes.change(read, undefined).item]);
    await lanes.commit([lanes.change(undefined, { ...read, turn: 'acme#2' }).item]);

    const stale = await lanes.commit([lanes.change(read, { ...read, turn: 'acme#1' }).item]);

    expect(stale).toBe('moved');
    expect(await lanes.read(read.lane)).toMatchObject({ turn: 'acme#2' });
  });

  it('G3: lets one of twenty changes win that read the same version', async () => {
    const read = await created();

    const outcomes = await Promise.all(
      Array.from({ length: 20 }, (_, i) =>
        lanes.commit([lanes.change(read, { ...read, turn: `acme#${i}` }).item]),
      ),
    );

    expect(outcomes.filter((outcome) => outcome === 'committed')).toHaveLength(1);
  });

  it('takes its own transaction for committed when the answer to it was lost', async () => {
    const unlucky = createLaneStore({
      dynamodb: losingAnswers(database.dynamodb),
      stateTable,
      newId: randomUUID,
      now,
    });

    const [state, alone] = [newLane(), newLane()];
    const waits = unlucky.park(state.lane, waitingAt('1'));

    const both = await unlucky.commit([unlucky.change(undefined, state).item, waits]);
    const one = await unlucky.commit([unlucky.change(undefined, alone).item]);

    // A change alone has no token: whoever made it reads the lane again, and finds it as it was to be.
    expect([both, one]).toEqual(['committed', 'moved']);
    expect(await lanes.read(alone.lane)).toMatchObject(alone);
  });

  it('lists what waits by position, to the last page', async () => {
    const { lane } = newLane();
    const shuffled = Array.from({ length: 230 }, (_, i) => position((i * 97) % 230));
    for (let i = 0; i < shuffled.length; i += 90) {
      await lanes.commit(shuffled.slice(i, i + 90).map((at) => lanes.park(lane, waitingAt(at))));
    }

    const keys = await keysWaiting(lane);

    expect(keys).toEqual(Array.from({ length: 230 }, (_, i) => `acme#${position(i)}`));
  });

  it('keeps everything of a waiting event until that is taken out', async () => {
    const { lane } = newLane();
    const waiting = waitingAt('7', {
      sequence: 7,
      version: '1.5',
      started: true,
      generation: 2,
      tick: 4,
      needs: ['created'],
      until: new Date('2026-11-24T11:00:00.000Z'),
    });
    await lanes.commit([lanes.park(lane, waiting)]);

    const [found] = await allWaiting(lanes, lane);
    await lanes.commit([lanes.unpark(lane, '7')]);

    expect(found).toEqual(waiting);
    expect(await keysWaiting(lane)).toEqual([]);
  });

  it('finds a lane by the group of its messages', async () => {
    const lane = await created({ turn: 'acme#1' });

    expect(await lanes.readGroup(laneGroup(lane.lane))).toEqual(lane);
    expect(await lanes.readGroup('sent by hand')).toBeUndefined();
  });

  it('names an item that cannot be read by its lane, leaves out a WAIT that cannot be, and asks for attention', async () => {
    const { lane } = await created({ waiting: 3 });
    const damaged = { ...lanes.park(lane, waitingAt('2')).Put?.Item, generation: 'many' };
    await lanes.commit([lanes.park(lane, waitingAt('1')), lanes.park(lane, waitingAt('3'))]);
    await database.dynamodb.send(new PutCommand({ TableName: stateTable, Item: damaged }));
    const Item = { ...laneKey(lane), lane, version: 'v', waiting: -1 };
    await database.dynamodb.send(new PutCommand({ TableName: stateTable, Item }));

    const refusal = await lanes.read(lane).catch((error: unknown) => error);

    expect(await keysWaiting(lane)).toEqual(['acme#1', 'acme#3']);
    expect(refusal).toBeInstanceOf(UnreadableItem);
    expect(refusal).toMatchObject({ about: lane });
    const Key = attentionKey('acme#2');
    const raised = await database.dynamodb.send(new GetCommand({ TableName: stateTable, Key }));
    expect(raised.Item).toMatchObject({ reason: 'unreadable-item', source: 'acme' });
  });

  it('throws where the table cannot be reached', async () => {
    const down = intercept(database.dynamodb, () => Promise.reject(new Error('connect ECONNREFUSED')));
    const store = createLaneStore({ dynamodb: down, stateTable, newId: randomUUID, now });

    await expect(store.commit([store.change(undefined, newLane()).item])).rejects.toThrow('ECONNREFUSED');
    await expect(store.read('acme#1')).rejects.toThrow('ECONNREFUSED');
  });
});

/** A held source whose events of the type `broken` fail until that is repaired; its calls to the database are counted, and may be delayed. */
async function heldWorld(options: Partial<SourceOptions> = {}) {
  const shop = { isBroken: true };
  const ran: string[] = [];
  const calls: string[] = [];
  const control: { before?: (() => Promise<unknown>) | undefined } = {};
  const world = await startWorld(database, {
    sources: {
      acme: source({ verify: none(), id: 'id', lane: 'customer', onExhausted: 'hold', ...options }),
    },
    handlers: {
      'acme/*': async ({ type, eventId }) => {
        if (type === 'broken' && shop.isBroken) throw new PermanentError('broken');
        ran.push(eventId);
      },
    },
    between: (dynamodb) =>
      intercept(dynamodb, async (command, next) => {
        await control.before?.();
        calls.push(command.name);
        return await next();
      }),
  });
  return { world, shop, ran, calls, control };
}

describe('parking and handing over', () => {
  it('G3, G8: lose and overtake nobody, in whatever order their steps fall', async () => {
    const { world, shop, ran, control } = await heldWorld();

    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.nat(2), async (scheduler, alreadyWaiting) => {
        const id = randomUUID();
        const lane = `acme#${id}`;
        const names = ['head', 'w1', 'w2', 'newcomer'].filter(
          (_, i) => i === 0 || i === 3 || i <= alreadyWaiting,
        );
        const events = names.map((name, i) => ({ name, eventId: `${id}-${name}`, n: i }));
        const keys = await Promise.all(
          events.map(({ eventId, name }) =>
            world.store({ eventId, lane, type: name === 'head' ? 'broken' : 'step' }),
          ),
        );
        const deliver = (i: number, messageId: string, generation = 0) =>
          world.deliver(
            keys[i]!,
            { messageId, sequenceNumber: position(i), body: JSON.stringify({ event: keys[i], generation }) },
            lane,
          );
        control.before = undefined;
        shop.isBroken = true;
        for (let i = 0; i < keys.length - 1; i++) await deliver(i, `message-${i}`);
        shop.isBroken = false;
        const redriven = await redrive(
          { source: 'acme', eventId: `${id}-head`, actor: 'a', reason: 'r' },
          world.deps,
        );

        control.before = () => scheduler.schedule(Promise.resolve());
        const untilDone = async (i: number, messageId: string, generation = 0) => {
          let outcome: Disposition;
          do outcome = await deliver(i, messageId, generation);
          while (outcome.kind !== 'done');
        };
        await scheduler.waitFor(
          Promise.all([untilDone(0, 'message-redriven', 1), untilDone(keys.length - 1, 'message-last')]),
        );
        control.before = undefined;
        await world.run();

        expect(redriven.kind).toBe('done');
        expect(ran.filter((eventId) => eventId.startsWith(id))).toEqual(events.map(({ eventId }) => eventId));
        expect(await world.lanes.read(lane)).toBeUndefined();
        expect(await allWaiting(world.lanes, lane)).toEqual([]);
      }),
      { numRuns: 60 },
    );
  }, 120_000);

  it('cost the same requests with ten thousand waiting as with one', async () => {
    const costs: Record<string, string[]>[] = [];
    for (const crowd of [1, 10_000]) {
      const { world, shop, calls } = await heldWorld();
      const lane = `acme#${randomUUID()}`;
      const head = await world.store({ lane, type: 'broken' });
      await world.deliver(head, {}, lane);
      await fillLane(lane, crowd);
      shop.isBroken = false;
      const eventId = head.slice('acme#'.length);
      await redrive({ source: 'acme', eventId, actor: 'a', reason: 'r' }, world.deps);
      const newcomer = await world.store({ lane });

      calls.length = 0;
      await world.deliver(newcomer, { sequenceNumber: position(99_999) }, lane);
      const parking = calls.splice(0);
      const body = JSON.stringify({ event: head, generation: 1 });
      await world.deliver(head, { body }, lane);
      const handingOver = calls.splice(0);
      costs.push({ parking, handingOver });

      expect(await world.states(newcomer)).toEqual(['waiting']);
      expect(await world.lanes.read(lane)).toMatchObject({ turn: `acme#${position(0)}`, waiting: crowd });

      async function fillLane(name: string, waiting: number) {
        for (let i = 0; i < waiting; i += 100) {
          const some = Array.from({ length: Math.min(100, waiting - i) }, (_, k) =>
            waitingAt(position(i + k)),
          );
          await world.lanes.commit(some.map((each) => world.lanes.park(name, each)));
        }
        const read = await world.lanes.read(name);
        await world.lanes.commit([world.lanes.change(read, { ...read!, waiting }).item]);
      }
    }

    expect(costs[1]).toEqual(costs[0]);
    expect(costs[0]).toEqual({
      // Event, lane; entry, lane and WAIT in one.
      parking: ['QueryCommand', 'GetCommand', 'TransactWriteCommand'],
      // Event, lane; the lease; the first that wait; entry, lane and WAIT in one.
      handingOver: ['QueryCommand', 'GetCommand', 'PutCommand', 'QueryCommand', 'TransactWriteCommand'],
    });
  }, 60_000);
});
