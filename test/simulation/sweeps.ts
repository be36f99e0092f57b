import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { shardsPerMinute } from '../../functions/ledger/keys.ts';
import { runSweeper, stateTable } from './composition.ts';
import type { World } from './world.ts';

const minuteMs = 60_000;
/** Of the sweeper function. */
const timeoutMs = 55_000;

/** EventBridge Scheduler: a sweeper every minute, sometimes two. */
export function startSweeps(
  world: World,
  settings: { readonly maxConcurrency: number; readonly visibilityTimeoutSeconds: number },
): void {
  const random = world.random.fork('sweeps');

  function everyMinute(): void {
    world.scheduler.after(minuteMs, everyMinute);
    run();
    if (random.chance(world.faults.sweeperTwice)) world.scheduler.after(random.int(0, 3000), run);
  }

  function run(): void {
    const process = world.process('sweeper', `sweeper-${random.int(0, 1)}`, { isInstant: world.isHealed });
    const { actor } = process;
    const { scheduler, history } = world;
    const startedAt = scheduler.now;
    scheduler.after(timeoutMs, () => {
      actor.killUnlessPaused();
    });
    world.go(actor.name, async () => {
      try {
        const deadline = new Date(actor.now().getTime() + timeoutMs - 5000);
        const { hasBacklog, watches, events } = await runSweeper({ deadline, ...settings }, process);
        history.add({ kind: 'swept', at: scheduler.now, startedAt, actor: actor.name, hasBacklog });
        if (watches + events > 0)
          world.trace(`${actor.name} looked at ${watches} watches and ${events} events`);
      } finally {
        actor.end();
      }
    });
  }

  layCursors(world);
  world.scheduler.after(random.int(1, minuteMs), everyMinute);
}

/** As a system that has been running for a while has them: the very first look goes back an hour, which would be all that is seen. */
function layCursors(world: World): void {
  const next = new Date(world.scheduler.now - 4 * minuteMs).toISOString();
  for (const source of Object.keys(world.plan.sources)) {
    for (let shard = 0; shard < shardsPerMinute; shard++) {
      const Item = { pk: `CURSOR#${source}`, sk: String(shard), next };
      world.dynamodb.execute(new PutCommand({ TableName: stateTable, Item }));
    }
  }
}
