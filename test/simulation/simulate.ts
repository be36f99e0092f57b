import { queueSettings } from '../../functions/settings.ts';
import { ledgerTable, stateTable } from './composition.ts';
import { startEventSource } from './event-source.ts';
import { repairOne, startOperators } from './operators.ts';
import { sourceOf, type Plan, type PlannedEvent } from './scenario.ts';
import { startExpiry } from './expiry.ts';
import { startSenders } from './senders.ts';
import { startSweeps } from './sweeps.ts';
import { startAt, World } from './world.ts';

const minuteMs = 60_000;
/** Longest that a healed world may need until everything is final; operators act every few minutes. */
const longestHealingMs = 30 * 60 * minuteMs;

export interface Simulated {
  readonly world: World;
  /** What is not final although everything was healed and repaired. */
  readonly stuck: readonly string[];
  readonly maxReceiveCount: number;
}

/** Plays one plan to its end: first what goes wrong, then everything healed, repaired and drained. */
export async function simulate(plan: Plan, tell?: (line: string) => void): Promise<Simulated> {
  const policies = [...Object.values(plan.sources), ...plan.policyChanges.map(({ policy }) => policy)];
  const config = {
    sources: Object.fromEntries(policies.map((policy, index) => [String(index), sourceOf(policy)])),
    handlers: {},
    processor: { timeoutSeconds: plan.timeoutSeconds, maxConcurrency: 5 },
  };
  const { visibilityTimeoutSeconds, maxReceiveCount } = queueSettings(config);
  const { timeoutSeconds, maxConcurrency } = config.processor;
  const world = new World(plan, { visibilityTimeoutSeconds, maxReceiveCount, tell });
  const eventSource = startEventSource(world, { timeoutSeconds, maxConcurrency, maxReceiveCount });
  const senders = startSenders(world);
  startSweeps(world, { maxConcurrency, visibilityTimeoutSeconds });
  startOperators(world);
  startExpiry(world);
  for (const { at, source, policy } of plan.policyChanges) {
    world.scheduler.at(startAt + at, () => {
      world.trace(`${source} gets another policy: ${JSON.stringify(policy)}`);
      world.setPolicy(source, policy);
    });
  }

  const stormsMs = Math.max(
    0,
    ...plan.storms.map(({ receives }) => receives * visibilityTimeoutSeconds * 1000),
  );
  await world.scheduler.runUntil(startAt + lastPlanned(plan) + stormsMs);
  world.isHealed = true;
  world.history.add({ kind: 'healed', at: world.scheduler.now });
  world.trace('everything is healed');
  const settled = () => {
    const { visible, inFlight } = world.queue.depth();
    const isQuiet = visible + inFlight === 0 && eventSource.isIdle() && senders.areDone();
    return isQuiet && unfinished(world).length === 0;
  };
  await world.scheduler.runUntil(world.scheduler.now + 2 * minuteMs);
  for (const event of probesOfFreshLanes(plan)) senders.send(event);
  await drain(world, settled);
  for (const event of probesOfUsedLanes(plan)) senders.send(event);
  await drain(world, settled);
  const stuck = settled() ? [] : [...unfinished(world), `messages: ${JSON.stringify(world.queue.depth())}`];
  world.queue.close();
  return { world, stuck, maxReceiveCount };
}

/** Operators repair what needs attention, every few minutes, and time passes, until all is done or all time is up. */
async function drain(world: World, settled: () => boolean): Promise<void> {
  const random = world.random.fork('repairs');
  const until = world.scheduler.now + longestHealingMs;
  for (let minutes = 1; world.scheduler.now < until; minutes++) {
    await world.scheduler.runUntil(world.scheduler.now + minuteMs);
    if (settled()) return;
    if (minutes % 5 === 0) repairOne(world, random);
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
    const next = { id: `probe-${index}`, type: 'noted', sequence: highest + 1, version: highest + 10 };
    return any ? [{ ...any, ...next, behaviours: [] }] : [];
  });
}

function lastPlanned(plan: Plan): number {
  const times = [
    ...plan.sends.map(({ at, after }) => at + (after === undefined ? 0 : (plan.sends[after]?.at ?? 0))),
    ...plan.acts.map(({ at }) => at),
    ...plan.outages.map(({ to }) => to),
    ...plan.policyChanges.map(({ at }) => at),
  ];
  return Math.max(0, ...times) + 5 * minuteMs;
}

/** Events that are not final, and lanes that still have somebody waiting. */
function unfinished(world: World): readonly string[] {
  const newest = new Map<string, string>();
  for (const { pk, sk, state } of world.dynamodb.tables.get(ledgerTable)?.items() ?? []) {
    if (sk === 'EVENT' && !newest.has(String(pk))) newest.set(String(pk), 'pending');
    // Items of a partition come as they were written, so the last one is the newest.
    if (String(sk).startsWith('LOG#')) newest.set(String(pk), String(state));
  }
  const events = [...newest].filter(([, state]) => !finalStates.has(state));
  const lanes = [...(world.dynamodb.tables.get(stateTable)?.items() ?? [])].flatMap(({ pk, sk, waiting }) => {
    if (sk === 'LANE' && waiting !== 0) return [`${String(pk)} counts ${String(waiting)} that wait`];
    return String(sk).startsWith('WAIT#') ? [`${String(pk)} still has ${String(sk)}`] : [];
  });
  return [...events.map(([event, state]) => `${event} is ${state}`), ...lanes];
}

const finalStates: ReadonlySet<string> = new Set([
  'processed',
  'ignored',
  'superseded',
  'discarded',
  'resolved',
]);
