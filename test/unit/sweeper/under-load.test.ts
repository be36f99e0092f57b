import { describe, expect, it } from 'vitest';
import { eventKey } from '../../../functions/ledger/keys.ts';
import { startedAt } from '../../support/world.ts';
import { lastSource, names, startBusyWorld, type BusyWorld } from '../../support/busy-sources.ts';
import { kinds, which } from '../../support/unreadable-items.ts';

const fiveMinutes = 300;
const hour = 3600;
/** Of the run of a sweeper, as Lambda leaves it to it. */
const runSeconds = 50;
const lost = eventKey(lastSource, 'lost');
const at = (seconds: number) => new Date(startedAt.getTime() + seconds * 1000);

function backlog(world: BusyWorld): void {
  for (let n = 0; n < 5000; n++) {
    const key = eventKey('acme', `queued-${n}`);
    world.putEvent({ key, lane: `acme#queued-${n}`, acceptedAt: at(60 + n / 100) });
  }
}

interface Beside {
  readonly put: (world: BusyWorld) => unknown;
  readonly busy?: readonly (typeof names)[number][];
  /** Messages sent beside that of the lost event. */
  readonly spare?: number;
}

const beside: Readonly<Record<string, Beside>> = {
  'nothing else': { put: () => undefined },
  '20,000 parked followers of one lane': {
    put: (world) => {
      world.delayedLane('acme#long', 20_000, hour);
    },
  },
  '100 lanes in hour-long delays': {
    put: (world) => {
      for (let lane = 0; lane < 100; lane++) world.delayedLane(`acme#delayed-${lane}`, 10, hour);
    },
  },
  'a backlog of 5,000 events in 5,000 lanes, all that its source has': {
    put: backlog,
    busy: names.slice(1),
  },
  // They are taken to be lost, as most of their minute ran.
  'a backlog of 5,000 events in 5,000 lanes of a source whose other lanes go on': {
    put: backlog,
    spare: 5000,
  },
  '20,000 followers of one lane in the queue': {
    put: (world) => {
      const lane = 'acme#long';
      const processing = { state: 'processing', worker: 'p', leaseUntil: at(hour).toISOString() };
      world.putEvent({ key: eventKey('acme', 'head'), lane, acceptedAt: at(60), newest: processing });
      for (let n = 0; n < 20_000; n++) {
        world.putEvent({ key: eventKey('acme', `queued-${n}`), lane, acceptedAt: at(60.001 + n / 400) });
      }
    },
  },
};

async function start(name: string, storedAt: number, rate?: number): Promise<BusyWorld> {
  const world = await startBusyWorld();
  const { put, busy = names } = beside[name]!;
  world.arriveForAMinute(1, busy, rate);
  put(world);
  world.putEvent({ key: lost, lane: `${lastSource}#customer-of-the-lost`, acceptedAt: at(storedAt) });
  return world;
}

describe('four sources of 200 events a second each', () => {
  it.each(Object.keys(beside))(
    'G8: beside %s: a lost event of the last one is sent within five minutes',
    { timeout: 600_000 },
    async (name) => {
      const world = await start(name, 60);

      // It runs a moment before it may read that minute, and then a minute later: no event waits longer for its look.
      await world.sweepEveryMinute(239.9, 2);

      world.print(`beside ${name}`);
      expect(world.sentAfter(lost, 60)).toBeLessThanOrEqual(fiveMinutes);
      expect(world.sent).toHaveLength(1 + (beside[name]?.spare ?? 0));
      expect(Math.max(...world.minutes.map(({ seconds }) => seconds))).toBeLessThanOrEqual(runSeconds);
    },
  );

  it.each([60, 90, 119.999])(
    'G8: a lost event of the last one, stored at second %d, is sent within five minutes at any second of the sweeper',
    async (storedAt) => {
      for (const second of [0, 29.9, 59.9]) {
        const world = await start('nothing else', storedAt, 5);
        await world.sweepEveryMinute(120 + second, 6);
        expect(world.sentAfter(lost, storedAt)).toBeLessThanOrEqual(fiveMinutes);
      }
    },
  );
});

describe('beside one unreadable item of each kind', () => {
  it('G8: a lost event of the last one is sent within five minutes', { timeout: 600_000 }, async () => {
    const world = await start('nothing else', 60);
    for (const [n, { make }] of Object.values(kinds).entries()) await make(world, which(n));

    await world.sweepEveryMinute(239.9, 2);

    world.print('beside one unreadable item of each kind');
    expect(world.sentAfter(lost, 60)).toBeLessThanOrEqual(fiveMinutes);
  });
});
