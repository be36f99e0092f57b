import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { none, PermanentError, RetryAfter, source, type SourceOptions } from 'hooklane';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { breakerKey } from '../../../functions/lane/breaker.ts';
import { sourceKey } from '../../../functions/lane/gate.ts';
import { pause, resume } from '../../../functions/lane/pause.ts';
import { redrive } from '../../../functions/lane/repair.ts';
import { reset } from '../../../functions/lane/reset.ts';
import { longestStopped } from '../../../functions/lane/stopped-lanes.ts';
import type { EventKey } from '../../../functions/ledger/keys.ts';
import { startTestDatabase, type TestDatabase } from '../../support/dynamodb.ts';
import { intercept, type Dynamo } from '../../support/intercept.ts';
import { startSweptWorld, type SweptWorld } from '../../support/sweeper-world.ts';
import { startedAt } from '../../support/world.ts';

let database: TestDatabase;
beforeAll(async () => void (database = await startTestDatabase()));
afterAll(() => database.close());

const options = {
  breaker: { failures: 3, probeSeconds: 60 },
  retry: { attempts: 3, delaysSeconds: [30] },
} as const;

/** A destination that is away until then, and all calls made to it. */
async function startShop(
  awayUntilSeconds: number,
  answer = () => new Error('away'),
  more: Partial<SourceOptions> = {},
) {
  const world = await startSweptWorld(database, { ...options, ...more });
  const calls: { readonly eventId: string; readonly at: number }[] = [];
  world.shop.whenCalled = (eventId) => {
    calls.push({ eventId, at: world.afterSeconds() });
    if (world.afterSeconds() < awayUntilSeconds) throw answer();
  };
  return { world, calls };
}

/** So many lanes of two events each. */
async function arriveInLanes(world: SweptWorld, lanes: number) {
  const keys: EventKey[] = [];
  for (let n = 0; n < 2; n++) {
    for (let lane = 1; lane <= lanes; lane++) {
      keys.push(await world.arrive({ eventId: `${lane}-${n}`, lane: `acme#customer-${lane}` }));
    }
  }
  return keys;
}

const breakerOf = async (world: SweptWorld) => {
  const { dynamodb, stateTable: TableName } = world;
  return (await dynamodb.send(new GetCommand({ TableName, Key: breakerKey('acme') }))).Item;
};

describe('a breaker', () => {
  it('trips after so many failures in a row; then one event a minute is tried, and no attempt is used', async () => {
    const { world, calls } = await startShop(Infinity);
    const keys = await arriveInLanes(world, 8);

    await world.live(610);

    const { trippedAt } = (await breakerOf(world)) ?? {};
    const attempts = await Promise.all(
      keys.map(async (key) => (await world.ledger.newest(key))?.attempt ?? 0),
    );
    expect(trippedAt).toBe(startedAt.toISOString());
    expect(calls.slice(0, 3).map(({ at }) => at)).toEqual([0, 0, 0]);
    expect(calls.slice(3).map(({ at }) => Math.round(at / 60))).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(new Set(calls.slice(3, 11).map(({ eventId }) => eventId)).size).toBe(8);
    expect(attempts.reduce((sum, used) => sum + used)).toBe(3);
    expect(new Set(await world.finals(keys))).toEqual(new Set(['waiting']));
  });

  it('G3: is reset by the first probe that goes well, and each lane goes on in its order, a few more each minute', async () => {
    const { world, calls } = await startShop(200);
    const keys = await arriveInLanes(world, 12);

    await world.live(900);

    const back = calls.filter(({ at }) => at >= 200);
    const [probe] = back;
    const lanesIn = (minute: number) =>
      new Set(
        back.filter(({ at }) => Math.ceil(at / 60) === minute).map(({ eventId }) => eventId.split('-')[0]),
      ).size;
    expect(await world.finals(keys)).toEqual(keys.map(() => 'processed'));
    expect(probe?.at).toBe(240);
    // The probe's own, and three more; twice as many a minute later; the rest.
    expect([lanesIn(4), lanesIn(5), lanesIn(6)]).toEqual([1 + 3, 6, 2]);
    for (let lane = 1; lane <= 12; lane++) {
      expect(world.ids().filter((id) => id.startsWith(`${lane}-`))).toEqual([`${lane}-0`, `${lane}-1`]);
    }
    expect(await breakerOf(world)).toMatchObject({ failures: 0 });
  });

  it('G7: is audited, and on the attention list until it is reset', async () => {
    const { world } = await startShop(200);
    await arriveInLanes(world, 3);

    await world.live(120);
    const whileTripped = await world.attentionItems();
    await world.live(900, { from: 120 });

    const { notes } = await world.ledger.readWithNotes(sourceKey('acme'));
    expect(whileTripped).toMatchObject([{ source: 'acme', reason: 'breaker' }]);
    expect(await world.attentionItems()).toEqual([]);
    expect(notes.map(({ what, reason }) => [what, reason])).toEqual([
      ['tripped', '3 failures in a row'],
      ['reset', 'its probe went well'],
    ]);
  });

  it('G7: and a pause of its source are two items on the attention list, each as long as its own matter lasts', async () => {
    const { world } = await startShop(Infinity);
    await arriveInLanes(world, 3);
    await world.live(120);
    const operator = { source: 'acme', actor: 'ada', reason: 'the shop moves' };
    const deps = { ...world.deps, dynamodb: world.dynamodb };
    const reasons = async () => (await world.attentionItems()).map(({ reason }) => reason).sort();

    await pause(operator, { ...deps, now: () => new Date(startedAt.getTime() - 24 * 3600 * 1000) });
    const justPaused = await reasons();
    await world.sweep();
    const aDayLater = await reasons();
    await reset(operator, deps);
    const afterReset = await reasons();
    await resume(operator, deps);

    expect(justPaused).toEqual(['breaker']);
    expect(aDayLater).toEqual(['breaker', 'paused']);
    expect(afterReset).toEqual(['paused']);
    expect(await reasons()).toEqual([]);
  });

  it('stops nothing more once it is reset, not even where an instance still reads it as it was', async () => {
    const before: { Item?: Record<string, unknown> | undefined } = {};
    const late = (inner: Dynamo) =>
      intercept(inner, async ({ name, input }, next) => {
        const isLate =
          name === 'GetCommand' && input['ConsistentRead'] === false && before.Item !== undefined;
        return isLate ? before : await next();
      });
    const world = await startSweptWorld(database, options, { between: late });
    world.shop.whenCalled = () => {
      if (before.Item === undefined) throw new Error('away');
    };
    await arriveInLanes(world, 3);
    await world.workUntil(1);
    before.Item = await breakerOf(world);

    await reset(
      { source: 'acme', actor: 'ada', reason: 'it is back' },
      { ...world.deps, dynamodb: world.dynamodb },
    );
    const next = await world.arrive({ eventId: 'next', lane: 'acme#customer-4' });
    await world.workUntil(2);

    expect(before.Item).toMatchObject({ failures: 3, trippedAt: startedAt.toISOString() });
    expect(await world.states(next)).toEqual(['processing', 'processed']);
  });

  it('tries the next lane where the one that has waited longest cannot be read', async () => {
    const { world, calls } = await startShop(30);
    await arriveInLanes(world, 6);
    await world.workUntil(10);
    const stopped = await longestStopped('acme', 25, world);
    const [first = ''] = stopped;
    await world.dynamodb.send(
      new UpdateCommand({
        TableName: world.stateTable,
        Key: { pk: `LANE#${first}`, sk: 'LANE' },
        UpdateExpression: 'SET waiting = :damaged',
        ExpressionAttributeValues: { ':damaged': 'many' },
      }),
    );

    await world.live(70, { from: 60 });

    expect(stopped.length).toBeGreaterThan(1);
    const tried = calls.filter(({ at }) => at >= 60).map(({ eventId }) => eventId.split('-')[0]);
    expect(new Set(tried).size).toBe(1);
  });

  it('counts only what fails in a row, and nothing that can never be taken', async () => {
    const { world } = await startShop(0);
    let call = 0;
    const answers = ['away', 'away', 'ok', 'away', 'away', 'never', 'away', 'away', 'ok'];
    world.shop.whenCalled = () => {
      const answer = answers[call++];
      if (answer === 'away') throw new Error('away');
      if (answer === 'never') throw new PermanentError('no such order');
    };

    for (let lane = 1; lane <= answers.length; lane++) {
      await world.arrive({ eventId: String(lane), lane: `acme#customer-${lane}` });
      await world.workUntil(world.afterSeconds());
    }

    expect(call).toBe(answers.length);
    expect(await breakerOf(world)).toEqual({ pk: 'GATE', sk: 'BREAKER#acme', name: 'acme', failures: 0 });
  });

  it.each([60, 600])('hears of all lanes when its destination asked to wait for %i s', async (seconds) => {
    const { world, calls } = await startShop(10, () => new RetryAfter(seconds, 'too many', { forAll: true }));
    const keys = await arriveInLanes(world, 5);

    await world.live(seconds + 240);

    const attempts = await Promise.all(keys.map(async (key) => (await world.ledger.newest(key))?.attempt));
    const [first, ...later] = calls;
    expect(first?.at).toBe(0);
    expect(Math.min(...later.map(({ at }) => at))).toBeGreaterThanOrEqual(seconds);
    expect(attempts.filter((used) => used !== 1)).toEqual([2]);
    expect(await world.finals(keys)).toEqual(keys.map(() => 'processed'));
  });

  it('hears of nobody when an event alone has to come again later', async () => {
    const { world, calls } = await startShop(10, () => new RetryAfter(7200));
    await world.arrive({ eventId: 'first' });
    await world.workUntil(20);
    await world.arrive({ eventId: 'second', lane: 'acme#customer-2' });
    await world.workUntil(20);

    expect(calls.map(({ eventId }) => eventId)).toEqual(['first', 'second']);
  });

  it('lets its lanes go on where the source gives it up', async () => {
    const { world } = await startShop(300);
    const keys = await arriveInLanes(world, 4);
    await world.live(120);
    const without = source({ verify: none(), id: 'id', lane: 'customer' });
    Object.assign(world.deps, { sources: { acme: without } });
    world.passSeconds(300);

    await world.live(world.afterSeconds() + 240, { over: { sources: { acme: without } } });

    expect(await world.finals(keys)).toEqual(keys.map(() => 'processed'));
  });

  it('is not asked about what `when` leaves out, which says nothing of the destination', async () => {
    const { world, calls } = await startShop(Infinity, undefined, {
      when: ({ type }) => type !== 'unwanted',
    });
    await arriveInLanes(world, 3);
    await world.workUntil(40);
    const called = calls.length;
    world.passSeconds(60);

    const unwanted = await world.store({ eventId: 'unwanted', type: 'unwanted', lane: 'acme#customer-8' });
    await world.deliver(unwanted, {}, 'acme#customer-8');

    expect(await world.finals([unwanted])).toEqual(['ignored']);
    expect((await breakerOf(world))?.['trippedAt']).toBeDefined();
    expect(calls.length).toBe(called);
    await world.deliver(await world.store({ lane: 'acme#customer-9' }), {}, 'acme#customer-9');
    expect(calls.length).toBe(called + 1);
  });

  it.each([new Error('away'), new RetryAfter(7200, 'too many', { forAll: true })])(
    'G3, G7: is reset by an operator before its probe tells, after %s: its lanes go on in their order',
    async (answer) => {
      const { world } = await startShop(10, () => answer);
      const keys = await arriveInLanes(world, 4);
      await world.live(20);
      const operator = { source: 'acme', actor: 'ada', reason: 'they say that they are back' };
      const deps = { ...world.deps, dynamodb: world.dynamodb };

      const outcomes = [await reset(operator, deps), await reset(operator, deps)];
      // What the event itself was told to wait for is its own.
      for (const key of keys) {
        if ((await world.ledger.newest(key))?.state !== 'retrying') continue;
        await redrive({ ...operator, eventId: key.slice('acme#'.length) }, deps);
      }
      await world.live(200);

      const { notes } = await world.ledger.readWithNotes(sourceKey('acme'));
      expect(outcomes).toEqual([{ kind: 'done' }, { kind: 'refused' }]);
      expect(await world.finals(keys)).toEqual(keys.map(() => 'processed'));
      for (let lane = 1; lane <= 4; lane++) {
        expect(world.ids().filter((id) => id.startsWith(`${lane}-`))).toEqual([`${lane}-0`, `${lane}-1`]);
      }
      // Both of one millisecond.
      expect(
        notes
          .map(({ what, actor, reason }) => [what, actor, reason])
          .slice(-2)
          .sort(),
      ).toEqual([
        ['refused', 'ada', 'they say that they are back (its breaker stops nothing)'],
        ['reset', 'ada', 'they say that they are back'],
      ]);
      expect(await world.attentionItems()).toEqual([]);
    },
  );

  it('takes one probe, however many events meet it at once', async () => {
    const { world, calls } = await startShop(Infinity);
    const keys = await arriveInLanes(world, 3);
    await world.workUntil(40);
    const called = calls.length;
    world.passSeconds(60);
    for (let lane = 11; lane < 16; lane++) {
      keys.push(await world.store({ eventId: `${lane}-0`, lane: `acme#customer-${lane}` }));
    }

    await Promise.all(keys.slice(-5).map((key, n) => world.deliver(key, {}, `acme#customer-${n + 11}`)));

    expect(calls.length - called).toBe(1);
  });
});
