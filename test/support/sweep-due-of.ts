import { dueShards } from '../../functions/lane/due.ts';
import type { SweepRun } from '../../functions/sweeper/deps.ts';
import { sweepDue } from '../../functions/sweeper/sweep-due.ts';
import type { World } from './world.ts';

/** Looks at everything that is due, as one run of the sweeper does; at no new events. Fails where a look failed. */
export async function sweepDueOf(world: World): Promise<void> {
  const failures: unknown[] = [];
  const deps: SweepRun = {
    ...world.deps,
    sendAll: () => Promise.resolve(),
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

/** Lets time pass for so many minutes, while the functions work; at the full minute the sweeper looks at what is due, if anything is. */
export async function passMinutes(world: World, minutes: number): Promise<void> {
  const end = world.now().getTime() + minutes * minuteMs;
  for (;;) {
    if ((await world.processNext()) || (await world.processNext('feeder.fifo'))) continue;
    const now = world.now().getTime();
    const readyAt = ['lanes.fifo', 'feeder.fifo'].map((name) => world.engine.nextReadyAt(name) ?? Infinity);
    const dueAt = (await world.due()).map((item) => Date.parse(String(item.dueAt)));
    const sweptAt = Math.ceil(Math.max(now + 1, Math.min(...dueAt)) / minuteMs) * minuteMs;
    const next = Math.max(now, Math.min(...readyAt, sweptAt, end));
    world.passSeconds((next - now) / 1000);
    if (next === sweptAt) await sweepDueOf(world);
    else if (next === end) return;
  }
}

const minuteMs = 60_000;
