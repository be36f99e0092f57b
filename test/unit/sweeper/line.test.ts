import { describe, expect, it } from 'vitest';
import type { Cursor } from '../../../functions/sweeper/cursor.ts';
import { eventKey, shardOf, shardsPerMinute, type EventKey } from '../../../functions/ledger/keys.ts';
import { standsInLine } from '../../../functions/sweeper/sweep-minutes.ts';
import { startedAt } from '../../support/world.ts';
import { startBusyWorld, type BusyWorld } from '../../support/busy-sources.ts';
import { memoryDatabase } from '../../support/memory-database.ts';
import { startSweptWorld } from '../../support/sweeper-world.ts';

const hour = 3600;
const at = (seconds: number) => new Date(startedAt.getTime() + seconds * 1000);

describe('an event stands in a line', () => {
  const lane = 'acme#customer-1';
  const own = shardOf(lane, shardsPerMinute);
  const cursors = (lineSince: Date | undefined): Cursor[] =>
    Array.from({ length: shardsPerMinute }, (_, shard) => ({
      next: at(0),
      ...(shard === own && lineSince ? { lineSince } : {}),
    }));

  it.each([
    ['where its shard has a line since then', at(0), at(0), at(60), true],
    ['not where its shard has none', undefined, at(0), at(60), false],
    ['not where it was accepted before the line began', at(0), at(-0.001), at(60), false],
    ['not where it is older than half an hour', at(0), at(0), at(1800), false],
    ['for half an hour at most', at(0), at(0), at(1799.999), true],
  ])('%s', (_, lineSince, acceptedAt, now, expected) => {
    expect(standsInLine(cursors(lineSince), lane, acceptedAt, now)).toBe(expected);
  });

  it('not where the line is in another shard, or its source has no cursors', () => {
    const elsewhere = cursors(undefined).map((cursor, shard) =>
      shard === own ? cursor : { ...cursor, lineSince: at(0) },
    );

    expect(standsInLine(elsewhere, lane, at(0), at(60))).toBe(false);
    expect(standsInLine([], lane, at(0), at(60))).toBe(false);
  });
});

/** Seconds between two messages of the same event, the least of all. */
function shortestPause({ sent }: Pick<BusyWorld, 'sent'>): number {
  const lastAt = new Map<string, number>();
  let shortest = Infinity;
  for (const message of sent) {
    if (message.kind !== 'lane') continue;
    shortest = Math.min(shortest, message.afterSeconds - (lastAt.get(message.event) ?? -Infinity));
    lastAt.set(message.event, message.afterSeconds);
  }
  return shortest;
}

describe('a backlog of 5,000 events in 5,000 lanes', () => {
  it('is sent at most once in an hour, whatever becomes of it', { timeout: 600_000 }, async () => {
    const world = await startBusyWorld();
    for (let n = 0; n < 5000; n++) {
      const key = eventKey('acme', `queued-${n}`);
      world.putEvent({ key, lane: `acme#queued-${n}`, acceptedAt: at(n / 50) });
    }

    await world.sweepEveryMinute(60, 3 * 60);

    const perHour = [0, 1, 2].map(
      (n) => world.sent.filter(({ afterSeconds }) => Math.floor(afterSeconds / hour) === n).length,
    );
    world.print('a backlog of 5,000 events in 5,000 lanes');
    process.stdout.write(`messages sent in each hour: ${perHour.join(' ')}\n`);
    expect(shortestPause(world)).toBeGreaterThanOrEqual(hour);
    expect(perHour).toEqual([5000, 5000, 0]);
    // The last page of a shard may be too short for a line.
    const early = world.sent.filter(({ afterSeconds }) => afterSeconds < 1800);
    expect(early.length).toBeLessThanOrEqual(20 * shardsPerMinute);
  });
});

describe('a backlog that drains', () => {
  it('runs once each, and hardly anything of it is sent again', { timeout: 600_000 }, async () => {
    const world = await startSweptWorld(memoryDatabase());
    const keys: EventKey[] = [];
    for (let n = 0; n < 500; n++) {
      keys.push(await world.arrive({ eventId: `event-${n}`, lane: `acme#customer-${n}` }));
      world.passSeconds(0.1);
    }

    // The processor settles so many events a minute.
    for (let minute = 1; minute <= 30; minute++) {
      for (let n = 0; n < 20; n++) await world.processNext();
      world.passSeconds(60);
      await world.sweep();
    }
    await world.live(3 * hour);

    expect(world.ids()).toHaveLength(500);
    expect(new Set(world.ids()).size).toBe(500);
    expect(world.sent.length).toBeLessThanOrEqual(20);
    expect(await world.due()).toEqual([]);
    expect(new Set(await world.finals(keys))).toEqual(new Set(['processed']));
  });
});

describe('a queue that lost everything', () => {
  it.each([
    [20, 240],
    [21, 1800 + 900],
  ])('of %i lanes of a shard is sent again within %i s', async (lanes, withinSeconds) => {
    const world = await startSweptWorld(memoryDatabase());
    const names = Array.from({ length: 400 }, (_, n) => `acme#customer-${n}`);
    const ofOneShard = names.filter((lane) => shardOf(lane, shardsPerMinute) === 0).slice(0, lanes);
    for (const lane of ofOneShard) await world.store({ eventId: `lost in ${lane}`, lane });

    await world.live(withinSeconds);

    expect(world.ids()).toHaveLength(lanes);
    expect(Math.max(...world.runs.map(({ afterSeconds }) => afterSeconds))).toBeGreaterThan(
      withinSeconds / 2,
    );
  });
});
