import {
  none,
  PermanentError,
  source,
  WaitFor,
  type Handler,
  type HandlerContext,
  type SourceOptions,
  type WebhookEvent,
} from 'hooklane';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { discard, redrive, release } from '../../../functions/lane/repair.ts';
import type { Entry } from '../../../functions/ledger/entry.ts';
import { startTestDatabase, type TestDatabase } from '../../support/dynamodb.ts';
import { passMinutes, sweepDueOf } from '../../support/sweep-due-of.ts';
import { startedAt, startWorld, type World } from '../../support/world.ts';

const lane = 'acme#customer-1';
let database: TestDatabase;
beforeAll(async () => void (database = await startTestDatabase()));
afterAll(() => database.close());

const inSeconds = (seconds: number) => new Date(startedAt.getTime() + seconds * 1000);

/**
 * A world whose events of the type `paid` wait for what `waits` says, until an event of the type `created` has been seen. `ran` has what
 * was processed, `asked` who asked to wait.
 */
async function worldOf(
  waits: (event: WebhookEvent, ctx: HandlerContext) => WaitFor = () => new WaitFor(['created']),
  options: Partial<SourceOptions> = {},
) {
  const ran: string[] = [];
  const asked: string[] = [];
  const shop = { hasOrder: false };
  const handler: Handler = async (event, ctx) => {
    const { type, eventId } = event;
    if (type === 'broken') throw new PermanentError('it is broken');
    if (type === 'created') shop.hasOrder = true;
    if (type === 'paid' && !shop.hasOrder) {
      asked.push(`${eventId}${ctx.attempt}`);
      throw waits(event, ctx);
    }
    ran.push(eventId);
  };
  const world = await startWorld(database, {
    sources: { acme: source({ verify: none(), id: 'id', lane: 'customer', ...options }) },
    handlers: { 'acme/*': handler },
  });
  return { world, ran, asked, shop };
}
const newestOf = async (world: World, eventId: string): Promise<Entry | undefined> =>
  await world.ledger.newest(`acme#${eventId}`);

describe('WaitFor', () => {
  it('G3: parks the event with its own entry, and lets it run once the type has become final', async () => {
    const { world, ran, asked } = await worldOf();
    await world.arrive({ eventId: 'p', type: 'paid' });
    await world.run();
    const parked = await newestOf(world, 'p');
    const gap = await world.lanes.read(lane);
    await world.arrive({ eventId: 'c', type: 'created' });

    await world.run();

    expect(parked).toMatchObject({
      state: 'waiting',
      attempt: 0,
      needs: ['created'],
      until: inSeconds(3600),
      reason: 'its handler waits for created',
    });
    expect(gap).toMatchObject({ waiting: 1, gapUntil: inSeconds(3600), wanted: { created: 0 } });
    expect(gap?.turn).toBeUndefined();
    expect([asked, ran]).toEqual([['p1'], ['c', 'p']]);
    expect(await newestOf(world, 'p')).toMatchObject({ state: 'processed', attempt: 1 });
    expect(await world.lanes.read(lane)).toBeUndefined();
    expect(world.deadLetters()).toEqual([]);
  });

  it('does not wait for ever where the other event came while its handler ran', async () => {
    const { world, ran, shop } = await worldOf();
    await world.arrive({ eventId: 'c', type: 'created' });
    await world.run();
    shop.hasOrder = false;
    await world.arrive({ eventId: 'p', type: 'paid' });
    await passMinutes(world, 59);
    const before = [...ran];
    shop.hasOrder = true;

    await passMinutes(world, 2);

    // What was final before it parked does not count: its handler has looked, and waits all the same.
    expect(before).toEqual(['c']);
    expect(ran).toEqual(['c', 'p']);
  });

  it('G3: lets the others of its lane run meanwhile', async () => {
    const { world, ran } = await worldOf();
    await world.arrive({ eventId: 'p', type: 'paid' });
    await world.arrive({ eventId: 'a' });
    await world.arrive({ eventId: 'b' });

    await world.run();

    expect(ran).toEqual(['a', 'b']);
    expect(await world.lanes.read(lane)).toMatchObject({ waiting: 1, wanted: { created: 0 } });
  });

  it('counts no attempt, however often it is thrown', async () => {
    let times = 0;
    const { world, ran, shop, asked } = await worldOf(
      () => new WaitFor(['tick'], { timeoutSeconds: 100_000 }),
      { retry: { attempts: 2, delaysSeconds: [1] } },
    );
    await world.arrive({ eventId: 'p', type: 'paid' });

    for (; times < 6; times++) {
      await world.run();
      await world.arrive({ eventId: `t${times}`, type: 'tick' });
    }
    await world.run();
    shop.hasOrder = true;
    await world.arrive({ eventId: 'last', type: 'tick' });
    await world.run();

    expect(asked).toEqual(Array(7).fill('p1'));
    expect(ran.slice(-2)).toEqual(['last', 'p']);
    const { entries } = await world.ledger.read('acme#p');
    expect(entries.map(({ state }) => state).filter((state) => state === 'failed')).toEqual([]);
    // The time that it has is counted from the first time it asked.
    const untils = entries.flatMap((entry) => (entry.state === 'waiting' ? [entry.until] : []));
    expect(new Set(untils.map((until) => until?.getTime())).size).toBe(1);
  });

  it.each(['created', 'imported', 'restored'])(
    'for several types goes on with any of them (%s)',
    async (type) => {
      const { world, ran, shop } = await worldOf(() => new WaitFor(['created', 'imported', 'restored']));
      await world.arrive({ eventId: 'p', type: 'paid' });
      await world.run();
      shop.hasOrder = true;
      await world.arrive({ eventId: 'other', type: 'unrelated' });
      await world.run();
      const before = [...ran];

      await world.arrive({ eventId: 'one', type });
      await world.run();

      expect(before).toEqual(['other']);
      expect(ran).toEqual(['other', 'one', 'p']);
    },
  );

  it('for its own type goes on with another event of that type, not with itself', async () => {
    const { world, ran, shop, asked } = await worldOf(() => new WaitFor(['paid']));
    await world.arrive({ eventId: 'p', type: 'paid' });
    await world.run();
    const alone = [...asked];
    shop.hasOrder = true;
    await world.arrive({ eventId: 'q', type: 'paid' });

    await world.run();

    expect(alone).toEqual(['p1']);
    expect(ran).toEqual(['q', 'p']);
    expect(await world.lanes.read(lane)).toBeUndefined();
  });

  it('for its own type, thrown by all of them, ends for each with its time', async () => {
    const { world, shop, ran } = await worldOf(() => new WaitFor(['paid'], { timeoutSeconds: 300 }));
    await world.arrive({ eventId: 'p', type: 'paid' });
    await world.arrive({ eventId: 'q', type: 'paid' });
    await passMinutes(world, 4);
    shop.hasOrder = true;

    await passMinutes(world, 3);

    expect(ran).toEqual(['p', 'q']);
  });

  it('is allowed at most once, since its handler says that it did nothing', async () => {
    const { world, ran } = await worldOf(undefined, { execution: 'at-most-once' });
    await world.arrive({ eventId: 'p', type: 'paid' });
    await world.run();
    await world.arrive({ eventId: 'c', type: 'created' });

    await world.run();

    expect(ran).toEqual(['c', 'p']);
    expect(await world.states('acme#p')).toEqual(['processing', 'waiting', 'processing', 'processed']);
  });

  it.each([
    ['no types', [], {}],
    ['an empty type', [''], {}],
    ['a type that is none', [5 as unknown as string], {}],
    ['no time', ['created'], { timeoutSeconds: 0 }],
    ['a time that has passed', ['created'], { timeoutSeconds: -1 }],
    ['endless time', ['created'], { timeoutSeconds: Infinity }],
    ['a time that is none', ['created'], { timeoutSeconds: NaN }],
  ])('for %s is a mistake of the handler: a failed attempt, with a reason', async (_, types, options) => {
    const { world } = await worldOf(() => new WaitFor(types, options), {
      retry: { attempts: 1, delaysSeconds: [1] },
    });
    await world.arrive({ eventId: 'p', type: 'paid' });

    await world.run();

    expect(await newestOf(world, 'p')).toMatchObject({
      state: 'failed',
      cause: 'attempts-exhausted',
      error: { name: 'TypeError' },
    });
    expect(await world.lanes.read(lane)).toBeUndefined();
  });

  it('for a type named like an inherited property waits for that', async () => {
    const { world, ran, shop } = await worldOf(() => new WaitFor(['constructor']));
    await world.arrive({ eventId: 'p', type: 'paid' });
    await world.run();
    shop.hasOrder = true;
    await world.arrive({ eventId: 'c', type: 'constructor' });

    await world.run();

    expect(ran).toEqual(['c', 'p']);
  });

  it('does not count what an event leaves that failed', async () => {
    const { world, ran } = await worldOf(undefined, { retry: { attempts: 1, delaysSeconds: [1] } });
    await world.arrive({ eventId: 'p', type: 'paid' });
    await world.run();
    await world.arrive({ eventId: 'c', type: 'created', raw: Buffer.from('no JSON') });

    await world.run();

    expect((await newestOf(world, 'c'))?.state).toBe('failed');
    expect(ran).toEqual([]);
    expect((await newestOf(world, 'p'))?.state).toBe('waiting');
  });

  it('goes on where what it waits for is discarded', async () => {
    const { world, ran, shop } = await worldOf(undefined, { retry: { attempts: 1, delaysSeconds: [1] } });
    await world.arrive({ eventId: 'p', type: 'paid' });
    await world.run();
    await world.arrive({ eventId: 'c', type: 'created', raw: Buffer.from('no JSON') });
    await world.run();
    shop.hasOrder = true;

    await discard({ source: 'acme', eventId: 'c', actor: 'ada', reason: 'r' }, world.deps);
    await world.run();

    expect(ran).toEqual(['p']);
  });

  it.each([
    ['an open lane', {}],
    ['one that remembers', { order: { version: 'v' } } as const],
  ])(
    'G3: sees an operator end what it waits for in the moment in which it begins to wait, in %s',
    async (_, options) => {
      const { world, ran, shop } = await worldOf(() => {
        shop.hasOrder = true;
        return new WaitFor(['broken']);
      }, options);
      await world.arrive({ eventId: 'v', order: { version: '1' } });
      await world.arrive({ eventId: 'b', type: 'broken' });
      await world.run();
      await world.arrive({ eventId: 'p', type: 'paid' });
      const reads: string[] = [];
      const lanes = {
        ...world.deps.lanes,
        read: async (name: string) => {
          const before = await world.deps.lanes.read(name);
          if (reads.push(name) === 1) await world.run(600);
          return before;
        },
      };

      await discard({ source: 'acme', eventId: 'b', actor: 'ada', reason: 'r' }, { ...world.deps, lanes });
      await world.run(600);

      expect(reads).toEqual([lane, lane]);
      expect(ran).toEqual(['v', 'p']);
    },
  );

  it('may be thrown by the head of a held lane: the turn goes to those behind it', async () => {
    const { world, ran } = await worldOf(undefined, { onExhausted: 'hold' });
    await world.arrive({ eventId: 'broken', raw: Buffer.from('no JSON') });
    await world.arrive({ eventId: 'p', type: 'paid' });
    await world.arrive({ eventId: 'c', type: 'created' });
    await world.run(600);
    const held = [...ran];

    await release({ source: 'acme', lane, actor: 'ada', reason: 'r' }, world.deps);
    await world.run();

    expect(held).toEqual([]);
    expect(ran).toEqual(['c', 'p']);
    expect(await world.lanes.read(lane)).toBeUndefined();
  });

  it('may be discarded while it waits, and the lane forgets it', async () => {
    const { world, ran } = await worldOf();
    await world.arrive({ eventId: 'p', type: 'paid' });
    await world.run();

    await discard({ source: 'acme', eventId: 'p', actor: 'ada', reason: 'r' }, world.deps);
    await world.arrive({ eventId: 'c', type: 'created' });
    await world.run();

    expect(ran).toEqual(['c']);
    expect(await world.lanes.read(lane)).toBeUndefined();
  });
});

describe('a type that never comes', () => {
  it.each([
    ['its own time', 300, 300],
    ['the time of its source', undefined, 900],
  ])('G8: is given up after %s, and the handler decides', async (_, timeoutSeconds, seconds) => {
    const { world, ran, asked, shop } = await worldOf(
      () => new WaitFor(['created'], timeoutSeconds === undefined ? {} : { timeoutSeconds }),
      { order: { gapTimeoutSeconds: 900 } },
    );
    await world.arrive({ eventId: 'p', type: 'paid' });
    await passMinutes(world, seconds / 60 - 1);
    const before = [...asked];
    shop.hasOrder = true;

    await passMinutes(world, 2);

    expect(before).toEqual(['p1']);
    expect(ran).toEqual(['p']);
    const { notes } = await world.ledger.readWithNotes('acme#p');
    expect(notes).toMatchObject([
      { what: 'released', actor: 'sweeper', reason: 'what it waited for did not come in time' },
    ]);
    expect(await world.lanes.read(lane)).toBeUndefined();
  });

  it('thrown again after its time is a failure like any other: retried, then failed', async () => {
    const { world, asked } = await worldOf(() => new WaitFor(['created'], { timeoutSeconds: 300 }), {
      retry: { attempts: 3, delaysSeconds: [5] },
    });
    await world.arrive({ eventId: 'p', type: 'paid' });

    await passMinutes(world, 10);

    expect(asked).toEqual(['p1', 'p1', 'p2', 'p3']);
    expect(await world.states('acme#p')).toEqual([
      ...['processing', 'waiting', 'processing', 'retrying', 'processing', 'retrying', 'processing'],
      'failed',
    ]);
    expect(await newestOf(world, 'p')).toMatchObject({
      cause: 'attempts-exhausted',
      error: { name: 'WaitFor', message: 'waits for created' },
    });
    expect(await world.attention('acme#p')).toMatchObject({ reason: 'attempts-exhausted' });
  });

  it('makes it fail without a run where its source says so, and a redrive gives it its time anew', async () => {
    const { world, asked, ran, shop } = await worldOf(
      () => new WaitFor(['created'], { timeoutSeconds: 300 }),
      { order: { onGap: 'fail' } },
    );
    await world.arrive({ eventId: 'p', type: 'paid' });
    await passMinutes(world, 6);
    const failed = await newestOf(world, 'p');

    await redrive({ source: 'acme', eventId: 'p', actor: 'ada', reason: 'r' }, world.deps);
    await world.run(60);
    const again = await newestOf(world, 'p');
    shop.hasOrder = true;
    await world.arrive({ eventId: 'c', type: 'created' });
    await world.run();

    expect(failed).toMatchObject({ state: 'failed', cause: 'gap', error: { name: 'GapTimeout' } });
    expect(again).toMatchObject({ state: 'waiting' });
    expect((again as Extract<Entry, { state: 'waiting' }>).until!.getTime()).toBeGreaterThan(
      inSeconds(600).getTime(),
    );
    expect(asked).toEqual(['p1', 'p1']);
    expect(ran).toEqual(['c', 'p']);
    expect(await world.attention('acme#p')).toBeUndefined();
  });

  it('holds the lane with the failed event where its source holds', async () => {
    const { world, ran } = await worldOf(() => new WaitFor(['created'], { timeoutSeconds: 300 }), {
      onExhausted: 'hold',
      order: { onGap: 'fail' },
    });
    await world.arrive({ eventId: 'p', type: 'paid' });
    await passMinutes(world, 6);
    await world.arrive({ eventId: 'a' });

    await world.run();

    expect(ran).toEqual([]);
    expect(await world.lanes.read(lane)).toMatchObject({ turn: 'acme#p', waiting: 1 });
  });

  it.each(['run', 'fail'] as const)(
    'G8: ends for six that wait for it together, one after the other (%s)',
    async (onGap) => {
      const { world, ran, shop } = await worldOf(undefined, { order: { onGap, gapTimeoutSeconds: 600 } });
      const events = ['p1', 'p2', 'p3', 'p4', 'p5', 'p6'];
      for (const eventId of events) {
        await world.arrive({ eventId, type: 'paid' });
        await world.run(0);
        world.passSeconds(1);
      }
      shop.hasOrder = true;
      await passMinutes(world, 9);
      const before = await Promise.all(events.map(async (id) => (await newestOf(world, id))?.state));

      await passMinutes(world, 3);

      expect(before).toEqual(Array(6).fill('waiting'));
      const states = await Promise.all(events.map(async (id) => (await newestOf(world, id))?.state));
      expect(states).toEqual(Array(6).fill(onGap === 'run' ? 'processed' : 'failed'));
      expect(ran).toEqual(onGap === 'run' ? events : []);
      expect(await world.lanes.read(lane)).toBeUndefined();
    },
  );

  it('does not end the wait of others whose time is not over, nor of another type', async () => {
    const { world, ran, shop } = await worldOf(
      ({ eventId }) => new WaitFor([eventId], { timeoutSeconds: eventId === 'short' ? 300 : 3600 }),
    );
    await world.arrive({ eventId: 'long', type: 'paid' });
    await world.arrive({ eventId: 'short', type: 'paid' });
    await world.run(0);
    shop.hasOrder = true;

    await passMinutes(world, 30);
    const early = [...ran];
    await passMinutes(world, 32);

    expect(early).toEqual(['short']);
    expect(ran).toEqual(['short', 'long']);
  });

  it('G2: runs it once where two sweepers end the gap at the same time', async () => {
    const { world, ran, shop } = await worldOf(() => new WaitFor(['created'], { timeoutSeconds: 300 }));
    await world.arrive({ eventId: 'p', type: 'paid' });
    await world.run(0);
    shop.hasOrder = true;
    world.passSeconds(301);

    await Promise.all([sweepDueOf(world), sweepDueOf(world), sweepDueOf(world)]);
    await world.run();

    expect(ran).toEqual(['p']);
    expect((await world.ledger.readWithNotes('acme#p')).notes).toHaveLength(1);
  });
});

describe('WaitFor beside the rules of its source', () => {
  it('of a sequence waits in its place: the next numbers wait behind it', async () => {
    const { world, ran, shop } = await worldOf(undefined, { order: { sequence: 'n' } });
    await world.arrive({ eventId: 'n1', type: 'paid', order: { sequence: 1 } });
    await world.arrive({ eventId: 'n2', type: 'step', order: { sequence: 2 } });
    await world.run(60);
    const before = [...ran];
    shop.hasOrder = true;

    await world.arrive({ eventId: 'c', type: 'created' });
    await world.run();

    expect(before).toEqual([]);
    expect(ran).toEqual(['c', 'n1', 'n2']);
    expect(await world.lanes.read(lane)).toMatchObject({ next: 3, waiting: 0 });
  });

  it('of `after` waits for both, one after the other', async () => {
    const { world, ran, asked } = await worldOf(undefined, { order: { after: { paid: ['checked'] } } });
    await world.arrive({ eventId: 'p', type: 'paid' });
    await world.run(60);
    const first = [...asked];
    await world.arrive({ eventId: 'checked', type: 'checked' });
    await world.run(60);
    await world.arrive({ eventId: 'c', type: 'created' });

    await world.run();

    expect([first, asked]).toEqual([[], ['p1']]);
    expect(ran).toEqual(['checked', 'c', 'p']);
  });
});
