import { attentionPartition, attentionShards } from '../../functions/lane/attention.ts';
import { stateTable, type Operation } from './composition.ts';
import { eventOf, type Content } from './message-content.ts';
import type { Random } from './random.ts';
import type { OperatorKind, PlannedAct } from './scenario.ts';
import { startAt, type World } from './world.ts';

/** People with a console: they move, redrive, discard, resolve, release, replay, purge and mistake queues, at times of their own. */
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
  const { scheduler, random } = world;
  switch (kind) {
    case 'move':
      move(world);
      return;
    case 'move-twice':
      move(world);
      scheduler.after(random.int(0, 2000), () => {
        move(world);
      });
      return;
    case 'move-to-lanes':
      move(world, 'lanes');
      return;
    case 'move-to-feeder':
      move(world, 'feeder');
      return;
    case 'move-in-parts':
      moveInParts(world);
      return;
    case 'junk':
      putJunk(world);
      return;
    case 'misplace':
      misplace(world, event);
      return;
    case 'purge-dead':
      purge(world, 'dead');
      return;
    case 'purge-feeder':
      purge(world, 'feeder');
      return;
    case 'purge-lane':
      purge(world, 'lanes');
      return;
    case 'redrive':
    case 'replay':
    case 'discard':
    case 'resolve':
    case 'release':
      ask(world, kind, event, lane);
  }
}

/** What the console's button does. Undefined: SQS refused. */
function move(world: World, destination?: 'lanes' | 'feeder', perSecond?: number): string | undefined {
  const { queues, trace } = world;
  if (world.network.isDown('queue')) return undefined;
  try {
    trace(`an operator moves the dead-letter queue to ${destination ?? 'its sources'}`);
    return queues.move(destination, perSecond);
  } catch (error) {
    trace(`  refused: ${String(error)}`);
    return undefined;
  }
}

function moveInParts(world: World): void {
  const { scheduler, random, queues, trace } = world;
  const destination = random.pick([undefined, undefined, 'lanes', 'feeder'] as const);
  const id = move(world, destination, 1);
  if (id === undefined) return;
  scheduler.after(random.int(500, 4000), () => {
    try {
      queues.cancelMove(id);
      trace('the operator cancels the move');
    } catch {
      // It was through already.
    }
    scheduler.after(random.int(0, 5000), () => {
      move(world, destination);
    });
  });
}

/** Nobody of ours wrote these. */
const junk = [
  'not json at all',
  '{}',
  '"text"',
  '{"event":"no key","generation":0}',
  '{"event":"a#e0","generation":"first"}',
  '{"event":"nobody#1","generation":0}',
  '{"deadLetter":"nobody#1","entry":1,"copy":"c"}',
  '{"deadLetter":"a#never-was","entry":1,"copy":"c"}',
  '{"deadLetter":"a#e0","entry":0,"copy":"c"}',
] as const;

function putJunk(world: World): void {
  const { random, trace } = world;
  const queue = random.pick(['lanes', 'feeder', 'dead'] as const);
  const body = random.pick(junk);
  trace(`an operator puts junk into ${queue}: ${body}`);
  world.queues.put(queue, body, `junk-${random.int(0, 2)}`, 'an operator');
}

/** Whether no function of ours can use a message, and an operator has to take it out of the dead-letter queue. */
function isUseless(world: World, content: Content): boolean {
  const event = eventOf(content);
  if (event === undefined) return true;
  return !world.isEvent(event);
}

function misplace(world: World, event: string): void {
  const { random, trace, queues } = world;
  const entry = random.int(1, 6);
  const letter = JSON.stringify({ deadLetter: event, entry, copy: 'by-hand' });
  const message = JSON.stringify({ event, generation: random.int(0, 1) });
  const [queue, body] = random.pick([
    ['feeder', message],
    ['feeder', letter],
    ['lanes', letter],
    ['dead', letter],
    ['dead', message],
  ] as const);
  trace(`an operator puts ${body} into ${queue}`);
  queues.put(queue, body, `by-hand-${random.int(0, 1)}`, 'an operator');
}

function purge(world: World, which: 'lanes' | 'feeder' | 'dead'): void {
  world.trace(`an operator purges ${which}`);
  world.queues.purge(which);
}

function ask(world: World, operation: Operation, event: string, lane: string): void {
  const process = world.process('operator', `operator-${world.random.int(0, 1)}`);
  const { actor, version } = process;
  const [source = '', ...rest] = event.split('#');
  const { history, scheduler, trace } = world;
  trace(`${actor.name} wants ${event} to be ${operation}d (lane ${lane})`);
  scheduler.after(60_000, () => {
    actor.killUnlessPaused();
  });
  world.go(actor.name, async () => {
    const target = { source, eventId: rest.join('#'), lane };
    const outcome = await version.runOperation(operation, target, process);
    actor.end();
    trace(`${actor.name}: ${outcome.kind}`);
    history.add({
      kind: 'operator',
      at: scheduler.now,
      action: operation,
      target: operation === 'release' ? lane : event,
      actor: actor.name,
      outcome: outcome.kind,
    });
  });
}

/** What stands on the attention list. */
export function attentionList(
  world: World,
): readonly { readonly event: string; readonly lane: string; readonly reason: string }[] {
  const table = world.dynamodb.tables.get(stateTable);
  const items = Array.from({ length: attentionShards }, (_, shard) =>
    table?.partition(attentionPartition(shard)),
  );
  return items.flatMap((shard = []) =>
    shard.map(({ key, lane, reason }) => ({
      event: String(key),
      lane: String(lane),
      reason: String(reason),
    })),
  );
}

/** Does something about one thing that needs attention, as an operator who wants to be done would. */
export function repairOne(world: World, random: Random): void {
  const known = attentionList(world).filter(({ event }) => world.isEvent(event));
  const [first, ...others] = known;
  world.queues.clear((content) => isUseless(world, content));
  if (!first) {
    // Spare letters of events that were repaired, and messages of a source that is back. A message put there by hand has no source.
    if (world.queues.count('dead') > 0) move(world, random.chance(0.5) ? undefined : 'lanes');
    return;
  }
  const { event, lane } = random.pick([first, ...others]);
  const how = random.weighted({
    move: 3,
    'move-to-lanes': 2,
    'move-in-parts': 1,
    redrive: 3,
    discard: 1,
    resolve: 2,
  });
  operate(world, how, event, lane);
}
