import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { writeFileSync, mkdirSync } from 'node:fs';
import { playInCrew } from './crew.ts';
import { faultNamed } from './all-faults.ts';
import { faults } from './faults.ts';
import { plant } from './plant.ts';
import { readProgress, writeProgress, type Progress } from './progress.ts';
import { readable } from './readable.ts';
import { allScenarios, scenarioNamed } from './scenarios.ts';

const usage = `npm run simulate -- --histories N [--first N] [--scenario NAME] [--fault NAME] [--beside VERSION] [--workers N] [--again]
npm run simulate -- --seed S [--scenario NAME] [--fault NAME] [--beside VERSION] [--shrink] [--all]

scenarios: ${allScenarios.join(', ')}
faults: ${faults.map(({ name }) => name).join(', ')}`;

const { values } = parseArgs({
  options: {
    histories: { type: 'string' },
    first: { type: 'string', default: '1' },
    seed: { type: 'string' },
    scenario: { type: 'string', default: '' },
    fault: { type: 'string', default: '' },
    beside: { type: 'string', default: '' },
    workers: { type: 'string', default: String(Math.min(2, availableParallelism())) },
    shrink: { type: 'boolean', default: false },
    again: { type: 'boolean', default: false },
    all: { type: 'boolean', default: false },
  },
});
const folder = 'reports/simulation';

if (values.seed !== undefined) process.exitCode = await tell(values.seed);
else if (values.histories !== undefined) process.exitCode = await playMany(Number(values.histories));
else console.log(usage);

/** Plays one history and prints every step of it; with `--shrink`, a smaller one that shows the same. */
async function tell(seed: string): Promise<number> {
  const fault = faultNamed(values.fault);
  if (fault) plant(fault);
  const { play, kindOf } = await import('./play.ts');
  const { planOf } = await import('./plan-of.ts');
  const { versionsBeside } = await import('./version.ts');
  const { shrink } = await import('./shrink.ts');
  let plan = planOf(seed, scenarioNamed(values.scenario));
  const versions = await versionsBeside(values.beside);
  const [first] = (await play(plan, { versions })).violations;
  if (first && values.shrink)
    plan = await shrink(plan, kindOf(first), { patienceMs: 120_000, now: Date.now, versions });
  const lines: string[] = [];
  const { violations } = await play(plan, { versions, tell: (line) => lines.push(line) });
  console.log(JSON.stringify(plan, null, 1));
  console.log((values.all ? lines : readable(lines)).join('\n'));
  for (const violation of violations) console.log(`\n${kindOf(violation)}: ${violation.details}`);
  console.log(violations.length === 0 ? '\nno violation' : `\nseed ${seed}: ${violations.length} violations`);
  return violations.length === 0 ? 0 : 1;
}

/** Plays so many histories in two processes; goes on where an earlier run of the same ones was ended. */
async function playMany(histories: number): Promise<number> {
  const first = Number(values.first);
  const named = [values.scenario, values.fault, values.beside, String(first), String(histories)].filter(
    (part) => part !== '',
  );
  const file = `${folder}/progress-${named.join('-')}.json`;
  const fresh: Progress = { first, histories, next: first, seconds: 0, failures: [] };
  const found = values.again ? undefined : readProgress(file, fresh);
  const progress = found && found.next < first + histories ? found : fresh;
  if (progress.next > first) console.log(`${progress.next - first} histories were played before`);

  const chunk = 25;
  let handed = progress.next;
  const done = new Set<number>();
  const startedAt = performance.now();
  let toldAt = startedAt;
  let played = 0;
  await playInCrew({
    workers: Number(values.workers),
    fault: values.fault,
    scenario: values.scenario,
    beside: values.beside,
    next: () => {
      if (handed >= first + histories) return undefined;
      const order = { first: handed, count: Math.min(chunk, first + histories - handed) };
      handed += order.count;
      return order;
    },
    onReport: (report) => {
      const seconds = (performance.now() - startedAt) / 1000;
      played += report.count;
      done.add(report.first);
      for (; done.delete(progress.next);) progress.next += chunk;
      progress.next = Math.min(progress.next, first + histories);
      progress.failures.push(...report.failures);
      writeProgress(file, { ...progress, seconds: progress.seconds + seconds });
      for (const { seed, violations } of report.failures) {
        console.log(`seed ${seed}:\n  ${violations.slice(0, 5).join('\n  ')}`);
      }
      if (performance.now() - toldAt > 10_000) {
        toldAt = performance.now();
        const rate = Math.round((played / seconds) * 60);
        console.log(
          `${progress.next - first} of ${histories}, ${rate} a minute, ${progress.failures.length} failing`,
        );
      }
      return values.fault === '' || progress.failures.length === 0;
    },
  });
  const seconds = (performance.now() - startedAt) / 1000;
  const rate = Math.round((played / seconds) * 60);
  console.log(
    `${played} histories in ${Math.round(seconds)} s, ${rate} a minute; ${progress.failures.length} failing`,
  );
  const [failure] = progress.failures;
  if (!failure) return 0;
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${folder}/failures.json`, JSON.stringify(progress.failures, null, 2));
  const how = [
    values.scenario && `--scenario ${values.scenario}`,
    values.fault && `--fault ${values.fault}`,
    values.beside && `--beside ${values.beside}`,
  ];
  console.log(`npm run simulate -- ${['--seed', failure.seed, ...how.filter(Boolean)].join(' ')} --shrink`);
  return 1;
}
