import { check } from './check/check.ts';
import { planOf } from './plan-of.ts';
import { simulate } from './simulate.ts';
const from = Number(process.argv[2] ?? 1),
  n = Number(process.argv[3] ?? 1);
const t0 = performance.now();
let steps = 0,
  facts = 0,
  checkMs = 0;
const kinds = new Map<string, string[]>();
for (let s = from; s < from + n; s++) {
  const plan = planOf(String(s));
  const { world, stuck, maxReceiveCount } = await simulate(
    plan,
    process.argv[4] === 'tell' ? (l) => console.log(l) : undefined,
  );
  steps += world.scheduler.steps;
  facts += world.history.facts.length;
  const t1 = performance.now();
  for (const v of check(world.history, stuck, { maxReceiveCount, skewMs: plan.skewMs })) {
    const k = `${v.guarantee} ${v.what}`;
    kinds.set(k, [...(kinds.get(k) ?? []), `${s}: ${v.details}`]);
  }
  checkMs += performance.now() - t1;
}
for (const [k, v] of kinds) console.log(k, v.length, v.slice(0, 6));
console.log(
  n,
  'histories',
  ((performance.now() - t0) / n).toFixed(1),
  'ms each',
  checkMs / n,
  'check',
  steps / n,
  'steps',
  facts / n,
  'facts',
);
