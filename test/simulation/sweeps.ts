import { PutCommand } from '@aws-sdk/lib-dynamodb';
import type { Cursor, RememberedCursors } from '../../functions/sweeper/cursor.ts';
import { forgottenLetters } from '../../functions/lane/forgotten-letters.ts';
import { shardsPerMinute } from '../../functions/ledger/keys.ts';
import { gateOf } from '../../functions/lane/gate.ts';
import { isPaused } from './pauses.ts';
import { stateTable } from './composition.ts';
import type { StoredMinute, World } from './world.ts';

const minuteMs = 60_000;
/** A minute is read once it has been over for two; no clock is so far ahead. */
const settledMs = 3 * minuteMs - 10_000;
/** No letter is given up sooner. */
const patienceMs = 10 * minuteMs - 10_000;
/** Of the sweeper function. */
const timeoutMs = 55_000;

/** EventBridge: a sweeper every minute, sometimes a second one beside it, sometimes one that failed again. */
export function startSweeps(world: World, settings: { readonly visibilityTimeoutSeconds: number }): void {
  const { scheduler, history } = world;
  const random = world.random.fork('sweeps');

  /** What the process of a host knows from its runs before. */
  const remembering = new Map<string, RememberedCursors>();

  function everyMinute(): void {
    scheduler.after(minuteMs, everyMinute);
    if (random.chance(0.95) && hasNothingToDo(world) && !(hasLetters(world) && random.chance(0.3))) {
      moveCursorsOn(world);
      history.add({ kind: 'swept', at: scheduler.now, startedAt: scheduler.now, actor: 'nobody' });
      return;
    }
    run();
    if (random.chance(world.faults.sweeperTwice)) scheduler.after(random.spread(1, minuteMs), run);
  }

  function run(): void {
    const startedAt = scheduler.now;
    const again = () => {
      if (random.chance(world.faults.sweeperAgain)) scheduler.after(random.spread(1000, 2 * minuteMs), run);
    };
    const host = `sweeper-${random.int(0, 1)}`;
    const remembered = remembering.get(host) ?? new Map<string, Cursor>();
    remembering.set(host, remembered);
    const process = world.process('sweeper', host, {
      isInstant: world.isHealed,
      onDeath: () => {
        remembering.delete(host);
        again();
      },
    });
    const { actor, version } = process;
    scheduler.after(timeoutMs, () => {
      actor.killUnlessPaused();
    });
    world.go(actor.name, async () => {
      try {
        const deadline = new Date(actor.now().getTime() + timeoutMs - 5000);
        const swept = await version.runSweeper({ deadline, remembered, ...settings }, process);
        history.add({ kind: 'swept', at: scheduler.now, startedAt, actor: actor.name });
        if (world.isTold) world.trace(`${actor.name} swept: ${JSON.stringify(swept)}`);
      } catch (error) {
        const cause = error instanceof Error ? error.cause : undefined;
        const by = cause instanceof Error ? cause.name : 'unknown';
        history.add({ kind: 'sweep-failed', at: scheduler.now, actor: actor.name, by });
        again();
        throw error;
      } finally {
        actor.end();
      }
    });
  }

  layCursors(world);
  scheduler.after(random.int(1, minuteMs), everyMinute);
}

/** Whether every look would find nothing: then it is mostly told as if the sweeper had run. */
function hasNothingToDo(world: World): boolean {
  const { dynamodb, scheduler, queues, minutes } = world;
  const state = dynamodb.tables.get(stateTable);
  const now = scheduler.now;
  for (const { dueAt, atGate, lane, trippedAt } of state?.items() ?? []) {
    // It may be time for a probe.
    if (trippedAt !== undefined) return false;
    const isDue = typeof dueAt === 'string' && Date.parse(dueAt) <= now;
    if (!isDue) continue;
    if (atGate === undefined || !isPaused(world, gateOf(String(lane)))) return false;
  }
  const isUnread = ({ source, shard, at }: StoredMinute): boolean => {
    const cursor = state?.get(`CURSOR#${source}`, shard);
    return at <= now - settledMs && cursor !== undefined && at >= Date.parse(String(cursor.next));
  };
  if (minutes.some(isUnread)) return false;
  const letters = state?.partition(forgottenLetters) ?? [];
  if (letters.length === 0) return true;
  // Letters that lie in the queue are taken out. Those that do not are given up some time later, at a look every ten minutes.
  const areFresh = letters.every(({ at }) => Date.parse(String(at)) + patienceMs > now);
  return queues.count('dead') === 0 && (areFresh || new Date(now).getUTCMinutes() % 10 > 0);
}
/** Whether letters are looked for: a run that looks in vain may give them up. */
const hasLetters = ({ dynamodb }: World): boolean =>
  (dynamodb.tables.get(stateTable)?.partition(forgottenLetters) ?? []).length > 0;

/** What a run does that finds nothing. */
function moveCursorsOn({ dynamodb, scheduler }: World): void {
  const table = dynamodb.tables.get(stateTable);
  const next = new Date(Math.floor(scheduler.now / minuteMs) * minuteMs - 3 * minuteMs).toISOString();
  for (const item of [...(table?.items('CURSOR#') ?? [])]) {
    const { pk, sk, next: before } = item;
    if (String(before) >= next) continue;
    table?.put(String(pk), String(sk), { ...item, next }, scheduler.now);
  }
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
