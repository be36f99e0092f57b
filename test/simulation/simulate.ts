import { queueSettings } from '../../functions/runtime/queue-settings.ts';
import { ledgerTable, stateTable } from './composition.ts';
import { startDamage } from './damage.ts';
import { startFunctions } from './functions.ts';
import { attentionList, repairOne, startOperators } from './operators.ts';
import { resumeAll, startPauses } from './pauses.ts';
import { sourceOf, type Plan, type PlannedEvent } from './scenario.ts';
import { startExpiry } from './expiry.ts';
import { startSenders } from './senders.ts';
import { startSweeps } from './sweeps.ts';
import { startAt, World, type WorldOptions } from './world.ts';

const minuteMs = 60_000;
/** Longest that a healed world may need until everything is final; operators act every few minutes. */
const longestHealingMs = 30 * 60 * minuteMs;
const mendedAfterMs = 15 * minuteMs;

export interface Simulated {
  readonly world: World;
  /** What is not final although everything was healed and repaired. */
  readonly stuck: readonly string[];
}

/** Plays one plan to its end: first what goes wrong, then everything healed, repaired and drained. */
export async function simulate(
  plan: Plan,
  { tell, hear, versions }: Pick<WorldOptions, 'tell' | 'hear' | 'versions'> = {},
): Promise<Simulated> {
  const policies = [
    ...Object.values(plan.sources),
    ...plan.policyChanges.flatMap(({ policy }) => policy ?? []),
  ];
  const config = {
    sources: Object.fromEntries(policies.map((policy, index) => [String(index), sourceOf(policy)])),
    subscribers: {},
    tables: {},
    functions: {},
    mistakes: [],
    processor: { timeoutSeconds: plan.timeoutSeconds, maxConcurrency: 5 },
  };
  const { visibilityTimeoutSeconds, maxReceiveCount, feeder } = queueSettings(config);
  const world = new World(plan, {
    queues: { visibilityTimeoutSeconds, maxReceiveCount, feeder },
    tell,
    hear,
    versions,
  });
  const functions = startFunctions(world, { ...config.processor, visibilityTimeoutSeconds, feeder });
  const senders = startSenders(world);
  startSweeps(world, { visibilityTimeoutSeconds });
  startOperators(world);
  startPauses(world);
  startExpiry(world);
  const { mend } = startDamage(world);
  for (const { at, source, policy } of plan.policyChanges) {
    world.scheduler.at(startAt + at, () => {
      world.trace(
        `${source} gets another policy: ${policy === undefined ? 'it is taken out' : JSON.stringify(policy)}`,
      );
      world.setPolicy(source, policy);
    });
  }

  const stormsMs = Math.max(
    0,
    ...plan.storms.map(({ receives }) => receives * visibilityTimeoutSeconds * 1000),
  );
  await world.scheduler.runUntil(startAt + lastPlanned(plan) + stormsMs + plan.tailMs);
  heal(world);
  const settled = () => {
    const isQuiet = world.queues.count() === 0 && functions.areIdle() && senders.areDone();
    return isQuiet && unfinished(world).length === 0;
  };
  await world.scheduler.runUntil(world.scheduler.now + 2 * minuteMs);
  for (const event of probesOfFreshLanes(plan)) senders.send(event);
  // What cannot be read costs nobody else anything: what is found by then is checked, before somebody mends it.
  world.scheduler.after(mendedAfterMs, mend);
  await drain(world, settled);
  for (const event of probesOfUsedLanes(plan)) senders.send(event);
  await drain(world, settled);
  const left = {
    lanes: world.queues.count('lanes'),
    feeder: world.queues.count('feeder'),
    dead: world.queues.count('dead'),
  };
  const stuck = settled() ? [] : [...unfinished(world), `messages: ${JSON.stringify(left)}`];
  return { world, stuck };
}

function heal(world: World): void {
  world.isHealed = true;
  world.history.add({ kind: 'healed', at: world.scheduler.now });
  world.trace('everything is healed');
  for (const [source, policy] of Object.entries(world.plan.sources)) {
    if (world.isTakenOut(source)) world.setPolicy(source, policy);
  }
  resumeAll(world);
}

/** Operators repair what needs attention, every few minutes, and time passes, until all is done or all time is up. */
async function drain(world: World, settled: () => boolean): Promise<void> {
  const random = world.random.fork('repairs');
  const until = world.scheduler.now + longestHealingMs;
  for (let minutes = 1; world.scheduler.now < until; minutes++) {
    await world.scheduler.runUntil(world.scheduler.now + minuteMs);
    if (settled()) return;
    if (minutes % 5 > 0) continue;
    resumeAll(world);
    repairOne(world, random);
  }
}

/** Lanes that nothing has happened in: whatever rests or is held elsewhere, they go on. */
export const freshLane = 'fresh';

function probesOfFreshLanes(plan: Plan): readonly PlannedEvent[] {
  return Object.keys(plan.sources).map((source) => ({
    source,
    id: 'probe-fresh',
    lane: freshLane,
    type: 'created',
    sequence: 1,
    version: 1,
    behaviours: [],
  }));
}

/** The next event of every lane that there was: nothing that is left over stops it. */
function probesOfUsedLanes(plan: Plan): readonly PlannedEvent[] {
  const lanes = Map.groupBy(plan.events, ({ source, lane }) => `${source} ${lane}`);
  return [...lanes.values()].flatMap((events, index) => {
    const [any] = events;
    const highest = Math.max(...events.map(({ sequence }) => sequence));
    const isOwnLane = plan.sources[any?.source ?? '']?.ownLane === true;
    const next = {
      id: `probe-${index}`,
      type: 'noted',
      sequence: highest + 1,
      version: highest + 10,
      ...(isOwnLane ? { lane: `probe-${index}` } : {}),
    };
    return any ? [{ ...any, ...next, behaviours: [] }] : [];
  });
}

function lastPlanned(plan: Plan): number {
  const times = [
    ...plan.sends.map(({ at, after }) => at + (after === undefined ? 0 : (plan.sends[after]?.at ?? 0))),
    ...plan.acts.map(({ at }) => at),
    ...plan.outages.map(({ to }) => to),
    ...plan.policyChanges.map(({ at }) => at),
    ...plan.away.map(({ to }) => to),
    ...plan.pauses.map(({ at, forMs }) => at + forMs),
  ];
  return Math.max(0, ...times) + 5 * minuteMs;
}

/** Events that are not final, lanes that still have somebody waiting or something to come, and lists that still name somebody. */
function unfinished(world: World): readonly string[] {
  const newest = new Map<string, string>();
  for (const { pk, sk, state } of world.dynamodb.tables.get(ledgerTable)?.items() ?? []) {
    if (sk === 'EVENT' && !newest.has(String(pk))) newest.set(String(pk), 'pending');
    // Items of a partition come as they were written, so the last one is the newest.
    if (String(sk).startsWith('LOG#')) newest.set(String(pk), String(state));
  }
  const events = [...newest].filter(([, state]) => !finalStates.has(state));
  const items = [...(world.dynamodb.tables.get(stateTable)?.items() ?? [])].flatMap(
    ({ pk, sk, waiting, turn, dueAt }) => {
      const name = `${String(pk)} ${String(sk)}`;
      if (sk === 'LANE') {
        const isQuiet = waiting === 0 && turn === undefined && dueAt === undefined;
        return isQuiet ? [] : [`${name}: ${JSON.stringify({ waiting, turn, dueAt })}`];
      }
      return pk === 'LETTER' || String(sk).startsWith('WAIT#') ? [`${name} is left`] : [];
    },
  );
  const attention = attentionList(world).map(
    ({ event, reason }) => `${event} is on the attention list: ${reason}`,
  );
  return [...events.map(([event, state]) => `${event} is ${state}`), ...items, ...attention];
}

const finalStates: ReadonlySet<string> = new Set([
  'processed',
  'ignored',
  'superseded',
  'discarded',
  'resolved',
]);
