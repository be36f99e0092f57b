import { describe, expect, it } from 'vitest';
import { eventKey } from '../../../functions/ledger/keys.ts';
import { startedAt } from '../../support/world.ts';
import { startBusyWorld, type BusyWorld } from '../../support/busy-sources.ts';

const hour = 3600;
const followers = 10_000;
const at = (seconds: number) => new Date(startedAt.getTime() + seconds * 1000);

/** DynamoDB and SQS calls of each hour of sweeping, every minute. */
async function callsOfHours(world: BusyWorld, hours: number, everyMinute = (): unknown => undefined) {
  const perHour: number[] = [];
  for (let n = 0; n < hours; n++) {
    const before = world.minutes.length;
    for (let minute = 0; minute < 60; minute++) {
      await everyMinute();
      await world.sweepEveryMinute(n * hour + minute * 60 + 60, 1);
    }
    perHour.push(world.minutes.slice(before).reduce((sum, { calls }) => sum + calls, 0));
  }
  return perHour;
}

/** Of four sources with nothing to do. */
const idle = async () => await callsOfHours(await startBusyWorld(), 2);

describe('an hour of the sweeper', () => {
  it('costs 4 sources with nothing to do 38 calls a minute, and 16 more every ten', async () => {
    // 16 shards: cursor and minute read; 4 partitions of what is due; what is paused; the forgotten letters. Every ten minutes 16 cursors.
    expect((await idle()).at(-1)).toBe(38 * 60 + 16 * 6);
  });

  it(
    'costs nothing for 10,000 parked followers of one lane once they were looked at',
    { timeout: 600_000 },
    async () => {
      const world = await startBusyWorld();
      world.delayedLane('acme#long', followers, 12 * hour);

      const calls = await callsOfHours(world, 2);

      const idleCalls = await idle();
      const extra = calls.map((count, n) => count - idleCalls[n]!);
      process.stdout.write(`10,000 parked followers: ${extra.join(', ')} calls in the first hours\n`);
      expect(extra[0]).toBeGreaterThan(followers);
      expect(extra[0]).toBeLessThan(1.1 * followers);
      // The hour in which they came is written down, once it is over.
      expect(extra[1]).toBe(1);
      expect(world.sent).toEqual([]);
    },
  );

  it(
    'costs a few calls every few minutes for 10,000 followers of one lane in the queue',
    { timeout: 600_000 },
    async () => {
      const world = await startBusyWorld();
      const head = eventKey('acme', 'head');
      const lane = 'acme#long';
      for (let n = 0; n < followers; n++) {
        world.putEvent({ key: eventKey('acme', `queued-${n}`), lane, acceptedAt: at(0.001 + n / 200) });
      }
      // It hangs, and is tried again, and again.
      const hang = () => {
        const leaseUntil = new Date(world.now().getTime() + 30_000).toISOString();
        const newest = { state: 'processing', worker: 'p', leaseUntil };
        world.putEvent({ key: head, lane, acceptedAt: at(0), newest });
      };

      const calls = await callsOfHours(world, 2, hang);

      const idleCalls = await idle();
      const extra = calls.map((count, n) => count - idleCalls[n]!);
      process.stdout.write(`10,000 followers in the queue: ${extra.join(', ')} calls in the first hours\n`);
      expect(extra[0]).toBeLessThan(2.3 * followers);
      // One of them writes down the hour in which they came.
      expect(extra[1]).toBe(661);
      expect(world.sent).toEqual([]);
    },
  );
});
