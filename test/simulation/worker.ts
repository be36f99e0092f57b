import { faultNamed } from './all-faults.ts';
import { plant } from './plant.ts';
import { scenarioNamed } from './scenarios.ts';

/** A process that plays histories: started by `run.ts`, told which by messages, plants a fault first if it is given one. */
export interface Order {
  readonly first: number;
  readonly count: number;
}

export interface Report extends Order {
  readonly steps: number;
  readonly failures: readonly { readonly seed: string; readonly violations: readonly string[] }[];
}

// Histories make errors by the thousand, and nobody reads where.
Error.stackTraceLimit = 0;
const [faultName = '', scenarioName = '', besideName = ''] = process.argv.slice(2);
const fault = faultNamed(faultName);
if (fault) plant(fault);
const { playSeed, kindOf } = await import('./play.ts');
const { versionsBeside } = await import('./version.ts');
const scenario = scenarioNamed(scenarioName);
const versions = await versionsBeside(besideName);

process.on('message', (order: Order) => {
  void report(order);
});
process.on('disconnect', () => process.exit());

async function report({ first, count }: Order): Promise<void> {
  const failures: { seed: string; violations: string[] }[] = [];
  let steps = 0;
  for (let number = first; number < first + count; number++) {
    const seed = String(number);
    const played = await playSeed(seed, scenario, versions);
    steps += played.steps;
    if (played.violations.length > 0) {
      const violations = played.violations.map((violation) => `${kindOf(violation)}: ${violation.details}`);
      failures.push({ seed, violations });
      // One is enough to look at; a planted fault would fill the report with them.
      if (faultName !== '') break;
    }
  }
  const done: Report = { first, count, steps, failures };
  process.send?.(done);
}
