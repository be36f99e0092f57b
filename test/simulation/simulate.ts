import { queueSettings } from '../../functions/settings.ts';
import { ledgerTable, stateTable } from './composition.ts';
import { startEventSource } from './event-source.ts';
import { repairOne, startOperators } from './operators.ts';
import { sourceOf, type Plan } from './scenario.ts';
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
  for (const { at, source, policy } of plan.policyChanges) {
    world.scheduler.at(startAt + at, () => {
      world.trace(`${source} gets another policy: ${JSON.stringify(policy)}`);
      world.setPolicy(source, policy);
    });
  }

  await world.scheduler.runUntil(startAt + lastPlanned(plan));
  world.isHealed = true;
  world.history.add({ kind: 'healed', at: world.scheduler.now });
  world.trace('everything is healed');
  const random = world.random.fork('repairs');
  const healedAt = world.scheduler.now;
  let stuck: readonly string[] = [];
  for (let minutes = 1; ; minutes++) {
    await world.scheduler.runUntil(world.scheduler.now + minuteMs);
    stuck = unfinished(world);
    const { visible, inFlight } = world.queue.depth();
    if (stuck.length === 0 && visible + inFlight === 0 && eventSource.isIdle() && senders.areDone()) break;
    if (world.scheduler.now - healedAt > longestHealingMs) break;
    if (minutes % 5 === 0) repairOne(world, random);
  }
  world.queue.close();
  return { world, stuck, maxReceiveCount };
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
