import { dueShards } from '../../functions/lane/due.ts';
import type { SweepDeps } from '../../functions/sweeper/deps.ts';
import { sweepDue } from '../../functions/sweeper/sweep-due.ts';
import type { World } from './world.ts';

/** Looks at everything that is due, as one run of the sweeper does; at no new events. Fails where a look failed. */
export async function sweepDueOf(world: World): Promise<void> {
  const failures: unknown[] = [];
  const deps: SweepDeps = {
    ...world.deps,
    dynamodb: world.dynamodb,
    ledgerTable: world.ledgerTable,
    visibilityTimeoutSeconds: 40,
    deadLetterUrl: 'dead.fifo',
    deadline: new Date(world.now().getTime() + 50_000),
    inTurn: (_stream, work) => work(),
    standsInLine: () => false,
    failed: (_about, error) => void failures.push(error),
    count: () => undefined,
  };
  for (let shard = 0; shard < dueShards; shard++) await sweepDue(shard, deps);
  if (failures.length > 0) throw failures[0];
}

/** Lets time pass for so many minutes, while the functions work and the sweeper looks every minute at what is due. */
export async function passMinutes(world: World, minutes: number): Promise<void> {
  for (let minute = 1; minute <= minutes; minute++) {
    const end = world.now().getTime() + 60_000;
    await world.run(59);
    world.passSeconds((end - world.now().getTime()) / 1000);
    await sweepDueOf(world);
  }
  await world.run(0);
}
