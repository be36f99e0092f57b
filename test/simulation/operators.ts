import { runOperation, stateTable, type Operation } from './composition.ts';
import { attentionPartition, attentionShards } from '../../functions/lane/attention.ts';
import type { OperatorKind, PlannedAct } from './scenario.ts';
import type { Random } from './random.ts';
import { startAt, type World } from './world.ts';

/** People with a console: they move, redrive, discard, resolve, release, replay and purge, at times of their own. */
export function startOperators(world: World): void {
  const { events, acts } = world.plan;
  const nameOf = (index: number) => `${events[index]?.source ?? ''}#${events[index]?.id ?? ''}`;
  const act = ({ kind, event }: PlannedAct) => {
    const lane = `${events[event]?.source ?? ''}#${events[event]?.lane ?? ''}`;
    operate(world, kind, nameOf(event), lane);
  };
  const waiting = new Map<string, PlannedAct[]>();
  for (const planned of acts) {
    if (planned.upon === undefined) {
      world.scheduler.at(startAt + planned.at, () => {
        act(planned);
      });
    } else {
      const name = nameOf(planned.upon);
      waiting.set(name, [...(waiting.get(name) ?? []), planned]);
    }
  }
  world.onReceived = (event) => {
    const due = waiting.get(event) ?? [];
    waiting.delete(event);
    for (const planned of due) {
      world.scheduler.after(planned.at, () => {
        act(planned);
      });
    }
  };
}

function operate(world: World, kind: OperatorKind, event: string, lane: string): void {
  switch (kind) {
    case 'move':
    case 'move-twice':
      move(world);
      if (kind === 'move-twice')
        world.scheduler.after(world.random.int(0, 2000), () => {
          move(world);
        });
      return;
    case 'purge-dead':
    case 'purge-lane':
      purge(world, kind === 'purge-dead' ? 'dead' : 'lane');
      return;
    case 'redrive':
    case 'replay':
    case 'discard':
    case 'resolve':
    case 'release':
      ask(world, kind, event, lane);
  }
}

/** What the console's button does. */
function move(world: World): void {
  const { history, scheduler, queue, trace } = world;
  if (world.network.isDown('queue')) return;
  try {
    trace('an operator moves the dead-letter queue back');
    queue.move();
    history.add({ kind: 'operator', at: scheduler.now, action: 'move', target: '', outcome: 'done' });
  } catch (error) {
    trace(`  refused: ${String(error)}`);
  }
}

function purge(world: World, which: 'lane' | 'dead'): void {
  world.trace(`an operator purges the ${which} queue`);
  world.queue.purge(which);
  world.history.add({ kind: 'purged', at: world.scheduler.now, queue: which });
}

function ask(world: World, operation: Operation, event: string, lane: string): void {
  const process = world.process('operator', `operator-${world.random.int(0, 1)}`);
  const { actor } = process;
  const [source = '', ...rest] = event.split('#');
  const { history, scheduler, trace } = world;
  trace(`${actor.name} wants ${event} to be ${operation}d (lane ${lane})`);
  scheduler.after(60_000, () => {
    actor.killUnlessPaused();
  });
  world.go(actor.name, async () => {
    const outcome = await runOperation(operation, { source, eventId: rest.join('#'), lane }, process);
    actor.end();
    trace(`${actor.name}: ${outcome.kind}`);
    const target = operation === 'release' ? lane : event;
    history.add({
      kind: 'operator',
      at: scheduler.now,
      action: operation,
      target,
      actor: actor.name,
      outcome: outcome.kind,
    });
  });
}

/** What stands on the attention list. */
function attentionList(world: World): readonly { readonly event: string; readonly lane: string }[] {
  const table = world.dynamodb.tables.get(stateTable);
  const items = Array.from({ length: attentionShards }, (_, shard) =>
    table?.partition(attentionPartition(shard)),
  );
  return items.flatMap((shard = []) =>
    shard.map(({ key, lane }) => ({ event: String(key), lane: String(lane) })),
  );
}

/** Does something about one thing that needs attention, as an operator who wants to be done would. */
export function repairOne(world: World, random: Random): void {
  const list = attentionList(world).filter(({ event }) => !event.startsWith('sweeper#'));
  const [first, ...others] = list;
  if (!first) return;
  const { event, lane } = random.pick([first, ...others]);
  const how = random.weighted({ move: 4, redrive: 3, discard: 1, resolve: 2 });
  operate(world, how, event, lane);
}
