/**
 * `npm run bench:away`: a destination is away for ten minutes under 50 events a second in 100 lanes, with and without a breaker: calls made to it, attempts
 * used, and when all is done. The functions' own code on one clock that is moved on, on a model of the tables.
 */
import { parseArgs } from 'node:util';
import type { EventKey } from '../functions/ledger/keys.ts';
import { memoryDatabase } from '../test/support/memory-database.ts';
import { startSweptWorld } from '../test/support/sweeper-world.ts';

const { values } = parseArgs({
  options: {
    rate: { type: 'string', default: '50' },
    lanes: { type: 'string', default: '100' },
    minutes: { type: 'string', default: '10' },
    failures: { type: 'string', default: '10' },
  },
});
const [rate, lanes, failures] = [Number(values.rate), Number(values.lanes), Number(values.failures)];
const awaySeconds = Number(values.minutes) * 60;
const longestSeconds = 6 * 3600;

async function play(breaker: { readonly failures: number } | undefined): Promise<void> {
  const world = await startSweptWorld(memoryDatabase(), breaker ? { breaker } : {});
  let [calls, whileAway, lastDone] = [0, 0, 0];
  world.shop.whenCalled = () => {
    calls++;
    if (world.afterSeconds() < awaySeconds) {
      whileAway++;
      throw new Error('away');
    }
    lastDone = world.afterSeconds();
  };
  const keys: EventKey[] = [];
  const isDone = async (): Promise<boolean> =>
    (await world.finals(keys)).every((state) => state === 'processed' || state === 'failed');
  for (let second = 0; second < longestSeconds; second++) {
    for (let n = 0; second < awaySeconds && n < rate; n++) {
      const lane = `acme#customer-${keys.length % lanes}`;
      keys.push(await world.arrive({ eventId: String(keys.length), lane }));
    }
    await world.workUntil(second + 1);
    if ((second + 1) % 60 === 0) {
      await world.sweep();
      if (second > awaySeconds && (await isDone())) break;
    }
  }
  const newest = await Promise.all(keys.map((key) => world.ledger.newest(key)));
  const count = (state: string) => newest.filter((entry) => entry?.state === state).length;
  const attempts = newest.reduce((sum, entry) => sum + (entry?.attempt ?? 0), 0);
  const ids = world.runs.map(({ eventId }) => Number(eventId));
  const newestOf = new Map<number, number>();
  const outOfOrder = ids.filter((id) => {
    const before = newestOf.get(id % lanes) ?? -1;
    newestOf.set(id % lanes, Math.max(before, id));
    return id < before;
  }).length;
  console.log(
    `${breaker ? `breaker after ${breaker.failures} failures` : 'no breaker'}: ${keys.length} events; ${whileAway} calls while it was away, ${calls} in all; ` +
      `${attempts} attempts counted; ${count('processed')} processed, ${count('failed')} failed for good; ` +
      `all done ${Math.round(lastDone - awaySeconds)} s after it was back; out of order: ${outOfOrder}`,
  );
}

await play({ failures });
await play(undefined);
