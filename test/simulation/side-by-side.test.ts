import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { playInCrew } from './crew.ts';
import { kindOf, playSeed } from './play.ts';
import { versionsBeside } from './version.ts';
import { versionFaults } from './version-faults.ts';
import type { Scenario } from './scenarios.ts';
import type { Report } from './worker.ts';

const kept = readdirSync(new URL('../released', import.meta.url), { withFileTypes: true })
  .filter((one) => one.isDirectory())
  .map(({ name }) => name);

/** Those with operators, order and damage, beside what each seed draws for itself. */
const scenarios: readonly (Scenario | undefined)[] = [undefined, 'paused', 'wait-for', 'combined'];

async function playBeside(version: string, histories: number): Promise<string[]> {
  const versions = await versionsBeside(version);
  const seen: string[] = [];
  for (let number = 1; number <= histories; number++) {
    const scenario = scenarios[number % scenarios.length];
    const { violations } = await playSeed(`side-by-side ${number}`, scenario, versions);
    seen.push(...violations.map((violation) => `${number}: ${kindOf(violation)}: ${violation.details}`));
  }
  return seen;
}

describe.each(kept)(
  'the functions of version %s beside those that are here, on the same tables and queues',
  (version) => {
    it(
      'G1 to G8: lose nothing, run nothing twice and keep every lane in order',
      { timeout: 180_000 },
      async () => {
        expect(await playBeside(version, 80)).toEqual([]);
      },
    );

    it.each(versionFaults)('are found out where $what', { timeout: 120_000 }, async ({ name, patches }) => {
      const failures = { alone: 0, together: 0 };
      for (const [beside, found] of [
        ['', 'alone'],
        [version, 'together'],
      ] as const) {
        let next = 1;
        await playInCrew({
          workers: 1,
          fault: name,
          scenario: '',
          beside,
          next: () => (next > 60 ? undefined : { first: (next += 20) - 20, count: 20 }),
          onReport: (report: Report) => {
            failures[found] += report.failures.length;
            return report.failures.length === 0;
          },
        });
      }
      const counts = patches.map(
        ({ file, find }) =>
          readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8').split(find).length - 1,
      );

      expect(counts.every((count) => count === 1)).toBe(true);
      expect(failures.alone).toBe(0);
      expect(failures.together).toBeGreaterThan(0);
    });
  },
);
