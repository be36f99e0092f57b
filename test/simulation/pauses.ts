import { gateKey, gatePartition } from '../../functions/lane/gate.ts';
import { stateTable } from './composition.ts';
import { startAt, type World } from './world.ts';

/** Operators who pause sources, and resume them some time later. */
export function startPauses(world: World): void {
  for (const { source, at, forMs } of world.plan.pauses) {
    world.scheduler.at(startAt + at, () => {
      act(world, 'pause', source);
    });
    world.scheduler.at(startAt + at + forMs, () => {
      act(world, 'resume', source);
    });
  }
}

/** What is still paused, by those who forgot it or died over it, is resumed. */
export function resumeAll(world: World): void {
  for (const { name, isPaused } of world.dynamodb.tables.get(stateTable)?.partition(gatePartition) ?? []) {
    if (isPaused === true) act(world, 'resume', String(name));
  }
}

export const isPaused = (world: World, source: string): boolean => {
  const { pk, sk } = gateKey(source);
  return world.dynamodb.tables.get(stateTable)?.get(pk, sk)?.isPaused === true;
};

function act(world: World, action: 'pause' | 'resume', source: string): void {
  const process = world.process('operator', `operator-${world.random.int(0, 1)}`);
  const { actor, version } = process;
  const { history, scheduler, trace } = world;
  trace(`${actor.name} wants to ${action} ${source}`);
  scheduler.after(60_000, () => {
    actor.killUnlessPaused();
  });
  world.go(actor.name, async () => {
    const { kind: outcome } = await version.runGateOperation(action, source, process);
    actor.end();
    trace(`${actor.name}: ${outcome}`);
    history.add({ kind: 'operator', at: scheduler.now, action, target: source, actor: actor.name, outcome });
  });
}
