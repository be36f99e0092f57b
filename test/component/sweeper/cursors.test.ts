import { expect, it } from 'vitest';
import type { RememberedCursors } from '../../../functions/sweeper/cursor.ts';
import { sweep } from '../../../functions/sweeper/sweep.ts';
import { intercept } from '../../support/intercept.ts';
import { memoryDatabase } from '../../support/memory-database.ts';
import { startSweptWorld } from '../../support/sweeper-world.ts';

/** A sweeper whose process lives on from run to run, or is replaced where it is told so. */
async function aSweeper() {
  const world = await startSweptWorld(memoryDatabase());
  let remembered: RememberedCursors = new Map();
  const asked = { stored: 0, minutes: 0 };
  const dynamodb = intercept(world.dynamodb, async ({ name, input }, next) => {
    if (name === 'PutCommand' && JSON.stringify(input).includes('CURSOR#')) asked.stored++;
    if (name === 'QueryCommand' && input['IndexName'] === 'by-time') asked.minutes++;
    return await next();
  });
  return {
    world,
    /** What the run asked for. */
    runAfterAMinute: async () => {
      world.passSeconds(60);
      Object.assign(asked, { stored: 0, minutes: 0 });
      await sweep({ ...world.sweeperDeps({ dynamodb }), remembered });
      return { ...asked };
    },
    replaced: () => {
      remembered = new Map();
    },
  };
}

const shards = 4;

it('stores where it is every ten minutes while nothing happens, and reads each minute once', async () => {
  const { runAfterAMinute } = await aSweeper();

  const runs = [];
  for (let minute = 0; minute < 20; minute++) runs.push(await runAfterAMinute());

  expect(runs.reduce((sum, { stored }) => sum + stored, 0)).toBe(2 * shards);
  // The first run catches up by a minute.
  expect(runs.slice(1).every(({ minutes }) => minutes === shards)).toBe(true);
});

it('stores at once that it has checked events, so that whoever comes after it does not check them again', async () => {
  const { world, runAfterAMinute, replaced } = await aSweeper();
  for (let minute = 0; minute < 3; minute++) await runAfterAMinute();
  await world.arrive({ eventId: 'it' });
  await world.workUntil(world.afterSeconds() + 1);
  const stored = [];
  for (let minute = 0; minute < 4; minute++) stored.push((await runAfterAMinute()).stored);

  replaced();
  world.passSeconds(60);
  const { events } = await sweep(world.sweeperDeps());

  expect(stored.filter((count) => count > 0)).toEqual([1]);
  expect(events).toBe(0);
});

it('finds what was lost although the process that had read on was replaced', async () => {
  const { world, runAfterAMinute, replaced } = await aSweeper();
  for (let minute = 0; minute < 7; minute++) await runAfterAMinute();
  const key = await world.store({ eventId: 'lost' });

  replaced();
  const minutes = [];
  for (let minute = 0; minute < 5; minute++) minutes.push((await runAfterAMinute()).minutes);

  expect(minutes[0]).toBeGreaterThan(shards);
  expect(world.sent.map(({ kind, ...sent }) => ({ kind, ...sent }))).toMatchObject([{ event: key }]);
});
