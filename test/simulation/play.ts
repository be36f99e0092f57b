import { check } from './check/check.ts';
import type { Violation } from './check/violation.ts';
import { planOf } from './plan-of.ts';
import type { Plan } from './scenario.ts';
import type { Scenario } from './scenarios.ts';
import { simulate } from './simulate.ts';
import type { WorldOptions } from './world.ts';

export interface Played {
  readonly violations: readonly Violation[];
  readonly steps: number;
  /** Every change of state that an event made, as `from to`. */
  readonly transitions: ReadonlySet<string>;
}

/** Plays one plan and checks what came of it. `tell` hears every step. */
export async function play(
  plan: Plan,
  options: Pick<WorldOptions, 'tell' | 'versions'> = {},
): Promise<Played> {
  const { world, stuck } = await simulate(plan, options);
  const limits = { skewMs: plan.skewMs, queues: plan.queueLimits };
  const { violations, transitions } = check(world.history, stuck, limits);
  return { violations, transitions, steps: world.scheduler.steps };
}

/** History number so-and-so: its seed is the number. */
export const playSeed = (
  seed: string,
  scenario?: Scenario,
  versions?: WorldOptions['versions'],
): Promise<Played> => play(planOf(seed, scenario), { versions });

/** Whether two violations are of one kind: what a smaller history has to show. */
export const kindOf = ({ guarantee, what }: Violation): string => `${guarantee} ${what}`;
