import { kindOf, play } from './play.ts';
import type { WorldOptions } from './world.ts';
import type { FaultRates, Plan } from './scenario.ts';

export interface ShrinkOptions {
  /** Milliseconds of real time to spend. */
  readonly patienceMs: number;
  readonly now: () => number;
  readonly versions?: WorldOptions['versions'];
}

/**
 * A smaller plan that shows the same kind of violation: fewer events, sends, operators, outages and kinds of faults. Taking something away
 * changes what else happens, so each smaller plan is tried under a few seeds.
 */
export async function shrink(
  plan: Plan,
  kind: string,
  { patienceMs, now, versions }: ShrinkOptions,
): Promise<Plan> {
  const until = now() + patienceMs;
  let smallest = plan;
  for (let isSmaller = true; isSmaller;) {
    isSmaller = false;
    for (const candidate of smallerPlans(smallest)) {
      if (now() > until) return smallest;
      const found = await showing(candidate, kind, versions);
      if (!found) continue;
      smallest = found;
      isSmaller = true;
      break;
    }
  }
  return smallest;
}

const seedsTried = 6;

async function showing(
  plan: Plan,
  kind: string,
  versions: ShrinkOptions['versions'],
): Promise<Plan | undefined> {
  for (let tries = 0; tries < seedsTried; tries++) {
    const seeded = tries === 0 ? plan : { ...plan, seed: `${plan.seed.split('+')[0]}+${tries}` };
    const { violations } = await play(seeded, { versions });
    if (violations.some((violation) => kindOf(violation) === kind)) return seeded;
  }
  return undefined;
}

/** The biggest steps first. */
function* smallerPlans(plan: Plan): Iterable<Plan> {
  const { sends, acts, outages, policyChanges, storms, faults } = plan;
  if (acts.length > 0) yield { ...plan, acts: [] };
  if (outages.length > 0) yield { ...plan, outages: [] };
  if (policyChanges.length > 0) yield { ...plan, policyChanges: [] };
  if (plan.pauses.length > 0) yield { ...plan, pauses: plan.pauses.slice(1) };
  if (plan.away.length > 0) yield { ...plan, away: plan.away.slice(1) };
  if (storms.length > 0) yield { ...plan, storms: [] };
  if (plan.skewMs !== 0) yield { ...plan, skewMs: 0 };
  if (plan.tailMs !== 0) yield { ...plan, tailMs: 0 };
  if (plan.damages.length > 0) yield { ...plan, damages: plan.damages.slice(1) };
  if (Object.keys(plan.queueLimits).length > 0) yield { ...plan, queueLimits: {} };
  if (plan.concurrency.processor < 5) yield { ...plan, concurrency: { processor: 5, deadLetter: 3 } };
  for (const name of faultNames) if (faults[name] !== 0) yield { ...plan, faults: { ...faults, [name]: 0 } };
  for (let at = 0; at < sends.length; at++) yield withoutSend(plan, at);
  for (let at = 0; at < acts.length; at++) yield { ...plan, acts: acts.filter((_, index) => index !== at) };
  for (let at = 0; at < policyChanges.length; at++) {
    yield { ...plan, policyChanges: policyChanges.filter((_, index) => index !== at) };
  }
}

const faultNames = [
  'crash',
  'pause',
  'lostAnswer',
  'lateRequest',
  'throttle',
  'conflict',
  'lostReceive',
  'duplicateDelivery',
  'lateInvocation',
  'sweeperTwice',
  'sweeperAgain',
] as const satisfies readonly (keyof FaultRates)[];

/** What came after it comes after what it came after. */
function withoutSend(plan: Plan, gone: number): Plan {
  const sends = plan.sends.flatMap((send, index) => {
    if (index === gone) return [];
    const after = send.after === gone ? plan.sends[gone]?.after : send.after;
    const { at, events, body, tries, retryMs } = send;
    const rest = { at, events, body, tries, retryMs };
    return [after === undefined ? rest : { ...rest, after: after > gone ? after - 1 : after }];
  });
  return { ...plan, sends };
}
