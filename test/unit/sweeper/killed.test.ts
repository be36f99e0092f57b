import { RetryAfter } from 'hooklane';
import { describe, expect, it } from 'vitest';
import { discard, redrive } from '../../../functions/lane/repair.ts';
import type { EventKey } from '../../../functions/ledger/keys.ts';
import { memoryDatabase } from '../../support/memory-database.ts';
import { startSweptWorld } from '../../support/sweeper-world.ts';
import { virtualCalls } from '../../support/virtual-calls.ts';

const lane = (name: string) => `acme#${name}`;
const action = (eventId: string) => ({ source: 'acme', eventId, actor: 'ada', reason: 'repaired' });
const gapSeconds = 600;

/** Ten minutes on, the next run of the sweeper has something of every kind to do. */
async function withMuchToDo() {
  const order = { after: { shipped: ['packed'] }, gapTimeoutSeconds: gapSeconds } as const;
  const world = await startSweptWorld(memoryDatabase(), {
    order,
    onExhausted: 'hold',
    holdForSeconds: gapSeconds,
  });
  world.shop.whenCalled = (eventId) => {
    if (eventId.startsWith('delayed') && world.afterSeconds() < 300) throw new RetryAfter(gapSeconds);
  };
  for (const eventId of ['gap-1', 'gap-2'])
    await world.arrive({ eventId, type: 'shipped', lane: lane('gap') });
  await world.arrive({ eventId: 'held', type: 'broken', lane: lane('held') });
  await world.arrive({ eventId: 'behind-held', lane: lane('held') });
  await world.arrive({ eventId: 'delayed', lane: lane('delayed') });
  await world.arrive({ eventId: 'behind-delayed', lane: lane('delayed') });
  await world.arrive({ eventId: 'repaired', type: 'broken', lane: lane('repaired') });
  await world.workUntil(30);
  await discard(action('repaired'), world.deps);
  // As a sweeper has it that ran all the time; it had nothing to do so far.
  for (let at = 60; at <= 360; at += 60) {
    world.passSeconds(at - world.afterSeconds());
    await world.sweep();
  }

  await world.arrive({ eventId: 'unlettered', type: 'broken', lane: lane('unlettered') });
  const message = world.receive();
  world.queue.isDown = true;
  await world.process(message!);
  await world.arrive({ eventId: 'put-back', type: 'broken', lane: lane('put-back') }).catch(() => undefined);
  world.queue.isDown = false;
  await world.send('acme#put-back', lane('put-back'));
  await world.processNext();
  world.shop.isBroken = false;
  world.queue.isDown = true;
  await redrive(action('put-back'), world.deps);
  await world.store({ eventId: 'lost-1', lane: lane('lost') });
  world.passSeconds(0.001);
  await world.store({ eventId: 'lost-2', lane: lane('lost') });
  world.queue.isDown = false;
  world.passSeconds(gapSeconds + 10 - world.afterSeconds());
  return world;
}

const ran = ['gap-1', 'gap-2', 'behind-held', 'delayed', 'behind-delayed', 'put-back', 'lost-1', 'lost-2'];
const lanes = ['gap', 'held', 'delayed', 'repaired', 'unlettered', 'put-back', 'lost'];

/** What it comes to, whenever the run was killed. */
async function expectAllDone(world: Awaited<ReturnType<typeof withMuchToDo>>, until: number): Promise<void> {
  const ids = world.ids();
  expect([...ids].sort()).toEqual([...ran].sort());
  for (const [first, second] of [
    ['gap-1', 'gap-2'],
    ['delayed', 'behind-delayed'],
    ['lost-1', 'lost-2'],
  ] as const) {
    expect(ids.indexOf(first)).toBeLessThan(ids.indexOf(second));
  }
  expect(Math.max(...world.runs.map(({ afterSeconds }) => afterSeconds))).toBeLessThanOrEqual(until);
  const finals = await world.finals(ran.map((eventId): EventKey => `acme#${eventId}`));
  expect(new Set(finals)).toEqual(new Set(['processed']));
  const letters = world.deadLetters().map((letter) => (letter as { deadLetter: string }).deadLetter);
  expect(letters.sort()).toEqual(['acme#held', 'acme#unlettered']);
  expect((await world.attentionItems()).map(({ sk }) => sk).sort()).toEqual(['acme#held', 'acme#unlettered']);
  expect(await world.due()).toEqual([]);
  for (const name of lanes) {
    const state = await world.lanes.read(lane(name));
    expect(state === undefined || (state.turn === undefined && state.waiting === 0)).toBe(true);
  }
}

/** A run that is killed, and the runs of the minutes that follow. */
async function killedAt(at: number, when: 'before' | 'after') {
  const world = await withMuchToDo();
  const services = virtualCalls(world, { at, when });
  await services.run(world.sweep(services));
  await world.live(gapSeconds + 1500, { from: gapSeconds + 70 });
  return { world, isDead: services.isDead() };
}

describe('a run of the sweeper', () => {
  it('G8: does what there is to do', async () => {
    const { world, isDead } = await killedAt(Infinity, 'before');

    expect(isDead).toBe(false);
    await expectAllDone(world, gapSeconds + 11);
  });

  it.each(['before', 'after'] as const)(
    'G8: may be killed %s any of its calls: the ones after it do the rest, in time, and nothing twice',
    { timeout: 600_000 },
    async (when) => {
      let at = 0;
      for (;;) {
        const { world, isDead } = await killedAt(++at, when);
        if (!isDead) break;
        await expectAllDone(world, gapSeconds + 10 + 300);
      }
      process.stdout.write(`a run of ${at - 1} calls, killed ${when} each of them\n`);
      expect(at).toBeGreaterThan(50);
    },
  );
});
