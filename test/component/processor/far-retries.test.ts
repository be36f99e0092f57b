import { none, PermanentError, RetryAfter, source, type Handler, type SourceOptions } from 'hooklane';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { discard, redrive, resolve } from '../../../functions/lane/repair.ts';
import type { EventKey } from '../../../functions/ledger/keys.ts';
import { startTestDatabase, type TestDatabase } from '../../support/dynamodb.ts';
import { passMinutes, sweepDueOf } from '../../support/sweep-due-of.ts';
import { startedAt, startWorld, type World } from '../../support/world.ts';

const lane = 'acme#customer-1';
let database: TestDatabase;
beforeAll(async () => void (database = await startTestDatabase()));
afterAll(() => database.close());

const inSeconds = (seconds: number) => new Date(startedAt.getTime() + seconds * 1000);

/** A world whose event `far` asks to come back after so many seconds, as often as it is told to. */
async function worldOf(seconds: number, options: Partial<SourceOptions> = {}, times = 1) {
  const ran: string[] = [];
  let left = times;
  const handler: Handler = async ({ eventId }) => {
    if (eventId === 'far' && left-- > 0) throw new RetryAfter(seconds);
    if (eventId === 'broken') throw new PermanentError('no');
    ran.push(eventId);
  };
  const world = await startWorld(database, {
    sources: { acme: source({ verify: none(), id: 'id', lane: 'customer', ...options }) },
    handlers: { 'acme/*': handler },
  });
  return { world, ran };
}
const inQueue = (world: World) => {
  const { ApproximateNumberOfMessages: visible, ApproximateNumberOfMessagesNotVisible: hidden } =
    world.engine.attributes('lanes.fifo');
  return Number(visible) + Number(hidden);
};
const action = { source: 'acme', eventId: 'far', actor: 'ada', reason: 'the shop is open' };

describe('a retry within two minutes', () => {
  it('stays in the queue, at the head of its lane, and makes no LANE item', async () => {
    const { world, ran } = await worldOf(120);
    const far = await world.arrive({ eventId: 'far' });
    await world.arrive({ eventId: 'follower' });

    await world.processNext();

    expect(await world.ledger.newest(far)).not.toHaveProperty('parked');
    expect(inQueue(world)).toBe(2);
    expect(await world.lanes.read(lane)).toBeUndefined();
    await world.run(120);
    expect(ran).toEqual(['far', 'follower']);
  });
});

describe.each(['hold', 'continue'] as const)(
  'a retry that is far off, in a source that would %s',
  (onExhausted) => {
    it('G3: waits in the ledger with the turn, its followers park, and all run in order when it is due', async () => {
      const { world, ran } = await worldOf(3600, { onExhausted });
      const far = await world.arrive({ eventId: 'far' });
      await world.arrive({ eventId: 'a' });
      await world.arrive({ eventId: 'b' });

      await world.run(0);

      expect(await world.ledger.newest(far)).toMatchObject({
        state: 'retrying',
        parked: true,
        attempt: 1,
        nextAt: inSeconds(3600),
      });
      expect(inQueue(world)).toBe(0);
      expect(await world.lanes.read(lane)).toMatchObject({ turn: far, waiting: 2 });
      // The lane, and not the follower that parked last, says when to look.
      expect((await world.due()).map(({ about }) => about)).toEqual([lane]);
      await passMinutes(world, 59);
      expect(ran).toEqual([]);
      await passMinutes(world, 2);
      expect(ran).toEqual(['far', 'a', 'b']);
      expect(await world.lanes.read(lane)).toBeUndefined();
      const { entries } = await world.ledger.read(far);
      expect(entries[2]?.at.getTime()).toBeGreaterThanOrEqual(inSeconds(3600).getTime());
      expect(entries[2]?.at.getTime()).toBeLessThanOrEqual(inSeconds(3660).getTime());
    });

    it.each([
      ['redrive', redrive, ['far', 'a', 'b'], 'processed'],
      ['discard', discard, ['a', 'b'], 'discarded'],
      ['resolve', resolve, ['a', 'b'], 'resolved'],
    ] as const)(
      'G3: an operator’s %s takes effect at once, and its followers run in order',
      async (_, act, order, end) => {
        const { world, ran } = await worldOf(3600, { onExhausted });
        const far = await world.arrive({ eventId: 'far' });
        await world.arrive({ eventId: 'a' });
        await world.arrive({ eventId: 'b' });
        await world.run(0);
        world.passSeconds(7);

        const outcome = await act(action, world.deps);
        await world.arrive({ eventId: 'newcomer' });
        await world.run(0);

        expect(outcome).toMatchObject({ kind: 'done' });
        expect(ran).toEqual([...order, 'newcomer']);
        expect(world.now()).toEqual(inSeconds(7));
        expect((await world.ledger.newest(far))?.state).toBe(end);
        expect(await world.lanes.read(lane)).toBeUndefined();
        await passMinutes(world, 70);
        expect(ran).toEqual([...order, 'newcomer']);
      },
    );
  },
);

describe('a retry that is far off', () => {
  it('G4: delays no other lane, and none of its source waits for it', async () => {
    const { world, ran } = await worldOf(43_200);
    await world.arrive({ eventId: 'far' });
    await world.arrive({ eventId: 'beside', lane: 'acme#customer-2' });

    await world.run(0);

    expect(ran).toEqual(['beside']);
  });

  it('takes all its attempts one after the other, and fails where they are used up', async () => {
    const { world } = await worldOf(1000, { retry: { attempts: 3, delaysSeconds: [1] } }, 99);
    const far = await world.arrive({ eventId: 'far' });
    await world.arrive({ eventId: 'follower' });

    await passMinutes(world, 40);

    expect(await world.states(far)).toEqual([
      ...['processing', 'retrying', 'processing', 'retrying', 'processing', 'failed'],
    ]);
    expect(await world.states('acme#follower')).toEqual(['waiting', 'processing', 'processed']);
    expect(await world.lanes.read(lane)).toBeUndefined();
    expect(world.deadLetters()).toMatchObject([{ deadLetter: far, entry: 6 }]);
  });

  it('G2: is not run before its time by another message', async () => {
    const { world, ran } = await worldOf(3600);
    const far = await world.arrive({ eventId: 'far' });
    await world.run(0);

    const stale = await world.deliver(far, { messageId: 'message-9' });

    expect(stale).toEqual({ kind: 'done' });
    expect(ran).toEqual([]);
    expect(await world.lanes.read(lane)).toMatchObject({ turn: far });
    await passMinutes(world, 61);
    expect(ran).toEqual(['far']);
  });

  it('keeps its message where another event got the turn of its lane meanwhile', async () => {
    let other = '' as EventKey;
    const world = await startWorld(database, {
      sources: { acme: source({ verify: none(), id: 'id', lane: 'customer' }) },
      handlers: {
        'acme/*': async () => {
          const { lanes } = world;
          await lanes.commit([lanes.change(undefined, { lane, waiting: 0, turn: other }).item]);
          throw new RetryAfter(3600);
        },
      },
    });
    other = await world.store({ eventId: 'other' });
    const far = await world.store({ eventId: 'far' });

    const outcome = await world.deliver(far);

    expect(outcome).toEqual({ kind: 'later', afterSeconds: 120 });
    expect(await world.ledger.newest(far)).toMatchObject({ state: 'retrying', nextAt: inSeconds(3600) });
    expect(await world.ledger.newest(far)).not.toHaveProperty('parked');
    expect(await world.lanes.read(lane)).toMatchObject({ turn: other });
  });

  it('G8: is sent when it is due although two sweepers look at it at once, and runs once', async () => {
    const { world, ran } = await worldOf(600);
    await world.arrive({ eventId: 'far' });
    await world.run(0);
    world.passSeconds(601);

    await Promise.all([sweepDueOf(world), sweepDueOf(world)]);
    await world.run();

    expect(ran).toEqual(['far']);
    expect(inQueue(world)).toBe(0);
  });

  it('G8: is sent again where its message is lost', async () => {
    const { world, ran } = await worldOf(600);
    const far = await world.arrive({ eventId: 'far' });
    await world.run(0);
    world.passSeconds(601);
    await sweepDueOf(world);
    world.engine.purgeQueue('lanes.fifo');

    await passMinutes(world, 90);

    expect(ran).toEqual(['far']);
    expect((await world.ledger.newest(far))?.state).toBe('processed');
  });

  it('is due again later where it was put back, and its old time no longer counts', async () => {
    const { world, ran } = await worldOf(3600, {}, 2);
    const far = await world.arrive({ eventId: 'far' });
    await world.arrive({ eventId: 'follower' });
    await world.run(0);
    await passMinutes(world, 30);
    await redrive(action, world.deps);
    await world.run(0);

    expect(await world.ledger.newest(far)).toMatchObject({ parked: true, nextAt: inSeconds(5400) });
    await passMinutes(world, 59);
    expect(ran).toEqual([]);
    await passMinutes(world, 2);
    expect(ran).toEqual(['far', 'follower']);
  });
});
