import { parseArgs } from 'node:util';
import { playInCrew } from './crew.ts';
import { faults, type Fault } from './faults.ts';
import { transitionFaults } from './transition-faults.ts';
import type { Report } from './worker.ts';

/**
 * Plants one fault after the other and plays histories until one of them shows it. Prints the table for docs/decisions.md. With
 * `--transitions` the faults are those of a life of an event that lacks one change of state.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    most: { type: 'string', default: '5000' },
    workers: { type: 'string', default: '2' },
    transitions: { type: 'boolean', default: false },
  },
});
const most = Number(values.most);
const chunk = 10;

console.log('| planted fault | seen as | seed, of histories from 1 (and scenario) |\n|---|---|---|');
for (const fault of values.transitions ? transitionFaults : faults) {
  if (positionals.length > 0 && !positionals.includes(fault.name)) continue;
  const found = await find(fault);
  const [violation = ''] = found?.violations ?? [];
  const [seenAs = ''] = violation.split(':');
  console.log(
    `| ${fault.what} (${fault.name}) | ${seenAs} | ${found?.seed ?? `not within ${most}`} ${fault.scenario ?? ''} |`,
  );
  if (!found) process.exitCode = 1;
}

async function find(fault: Fault): Promise<Report['failures'][number] | undefined> {
  let next = 1;
  const failures: Report['failures'][number][] = [];
  await playInCrew({
    workers: Number(values.workers),
    fault: fault.name,
    scenario: fault.scenario ?? '',
    next: () => {
      const order = { first: next, count: chunk };
      next += chunk;
      // Those that were handed out before are played to their end: the seed is the lowest that shows the fault.
      return failures.length > 0 || order.first > most ? undefined : order;
    },
    onReport: (report) => {
      failures.push(...report.failures);
      return true;
    },
  });
  return failures.sort((a, b) => Number(a.seed) - Number(b.seed))[0];
}
