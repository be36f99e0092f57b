import { RetryAfter, type SourceOptions } from 'hooklane';
import { describe, expect, it } from 'vitest';
import { pause, resume } from '../../../functions/lane/pause.ts';
import { discard, redrive, release } from '../../../functions/lane/repair.ts';
import type { NewEntry } from '../../../functions/ledger/entry.ts';
import type { EventKey } from '../../../functions/ledger/keys.ts';
import { memoryDatabase } from '../../support/memory-database.ts';
import { startSweptWorld, type SweptWorld } from '../../support/sweeper-world.ts';
import { startedAt } from '../../support/world.ts';

const lane = 'acme#customer-1';
const fiveMinutes = 300;
const hour = 3600;
const operator = { source: 'acme', actor: 'ada', reason: 'repaired' };
const depsOf = (world: SweptWorld) => ({ ...world.deps, dynamodb: world.dynamodb });

/** What makes a lane stand still, and what makes it go on. */
interface Standstill {
  readonly options?: Partial<SourceOptions>;
  readonly begin: (world: SweptWorld) => Promise<void>;
  readonly end: (world: SweptWorld) => Promise<unknown>;
}

const standstills: Readonly<Record<string, Standstill>> = {
  'a hold without end': {
    options: { onExhausted: 'hold' },
    begin: async (world) => {
      await world.arrive({ eventId: 'head', type: 'broken' });
      await world.workUntil(world.afterSeconds());
    },
    end: (world) => release({ ...operator, lane }, depsOf(world)),
  },
  'a hold of a day': {
    options: { onExhausted: 'hold', holdForSeconds: 24 * hour },
    begin: async (world) => {
      await world.arrive({ eventId: 'head', type: 'broken' });
      await world.workUntil(world.afterSeconds());
    },
    end: (world) => release({ ...operator, lane }, depsOf(world)),
  },
  'a retry that is far off': {
    begin: async (world) => {
      world.shop.whenCalled = (eventId) => {
        if (eventId === 'head') throw new RetryAfter(11 * hour);
      };
      await world.arrive({ eventId: 'head' });
      await world.workUntil(world.afterSeconds());
    },
    end: (world) => discard({ ...operator, eventId: 'head' }, depsOf(world)),
  },
  'a pause of its source': {
    begin: async (world) => {
      await pause(operator, depsOf(world));
      world.passSeconds(5);
      await world.arrive({ eventId: 'head' });
      await world.workUntil(world.afterSeconds());
    },
    end: (world) => resume(operator, depsOf(world)),
  },
};

/** An event of the lane that began before, and whose message is lost: the queue was purged, or could not be reached. */
const losses: Readonly<Record<string, (world: SweptWorld) => Promise<EventKey>>> = {
  'an event in the queue': (world) => world.store({ eventId: 'lost' }),
  'an attempt that hangs': async (world) => {
    const key = await world.store({ eventId: 'lost' });
    await append(world, key, { state: 'processing' });
    world.passSeconds(35);
    return key;
  },
  'an attempt that the sweeper has seen as it ran': async (world) => {
    const key = await world.store({ eventId: 'lost' });
    await append(world, key, { state: 'processing', leaseUntil: inSeconds(world, leaseSeconds) });
    await world.live(fiveMinutes);
    return key;
  },
  'a retry in the queue': async (world) => {
    const key = await world.store({ eventId: 'lost' });
    await append(world, key, { state: 'processing' });
    await append(world, key, { state: 'retrying' });
    return key;
  },
  'an event that was put back': async (world) => {
    const key = await world.store({ eventId: 'lost' });
    await append(world, key, { state: 'processing' });
    await append(world, key, { state: 'failed', cause: 'permanent-error' });
    world.queue.isDown = true;
    await redrive({ ...operator, eventId: 'lost' }, depsOf(world));
    world.queue.isDown = false;
    return key;
  },
};

const leaseSeconds = 900;
const inSeconds = (world: SweptWorld, seconds: number) => new Date(world.now().getTime() + seconds * 1000);

async function append(world: SweptWorld, key: EventKey, entry: Partial<NewEntry>): Promise<void> {
  const newest = await world.ledger.newest(key);
  await world.ledger.append(key, newest, {
    ...{ actor: 'p', worker: 'p', attempt: 1 },
    ...{ leaseUntil: inSeconds(world, 30), nextAt: inSeconds(world, 60) },
    error: { name: 'Error', message: 'not now' },
    ...(newest ? {} : { lane }),
    ...entry,
  } as NewEntry);
}

const cases = Object.keys(standstills).flatMap((standstill) =>
  Object.keys(losses).map((loss) => [loss, standstill] as const),
);

describe.each(cases)('the lost message of %s, behind %s', (loss, standstill) => {
  const { options, begin, end } = standstills[standstill]!;

  async function lostBehind(followers: readonly string[]) {
    const world = await startSweptWorld(memoryDatabase(), options);
    const lost = await losses[loss]!(world);
    await begin(world);
    for (const eventId of followers) await world.arrive({ eventId });
    const newest = await world.ledger.newest(lost);
    const visibilitySeconds = 40;
    const isLostAt = newest?.state === 'processing' ? newest.leaseUntil : world.now();
    const lostAt = (isLostAt.getTime() - startedAt.getTime()) / 1000 + visibilitySeconds;
    return { world, lost, from: Math.max(world.afterSeconds(), lostAt) };
  }

  it.each([1, 2])('G8: is sent again within five minutes, and once (sweepers: %i)', async (sweepers) => {
    const { world, lost, from } = await lostBehind(['next']);

    await world.live(from + fiveMinutes, { sweepers });
    const inTime = await world.states(lost);
    await world.live(from + 2 * hour, { sweepers });

    expect(inTime.at(-1)).toBe('waiting');
    // Whoever sees it then sends the same.
    const sent = world.sent.filter((one) => one.kind === 'lane' && one.event === lost);
    expect(new Set(sent.map(({ afterSeconds }) => afterSeconds)).size).toBe(1);
    expect(await world.lanes.read(lane)).toMatchObject({ turn: 'acme#head', waiting: 2 });
    expect((await world.lanes.read(lane))?.watchFrom).toBeUndefined();

    await end(world);
    await world.live(world.afterSeconds() + 20 * 60);

    expect(world.ids()).toEqual(expect.arrayContaining(['lost', 'next']));
    expect(await world.finals([lost])).toEqual(['processed']);
  });

  it('G8: needs attention where the lane stands still for longer than bodies are kept', async () => {
    const { world, lost, from } = await lostBehind([]);
    await world.live(from + fiveMinutes);
    await world.forgetBody(lost);

    await end(world);
    await world.live(world.afterSeconds() + 20 * 60);

    expect(await world.ledger.newest(lost)).toMatchObject({ state: 'failed', cause: 'body-expired' });
    expect(await world.attention(lost)).toMatchObject({ reason: 'body-expired' });
  });
});
