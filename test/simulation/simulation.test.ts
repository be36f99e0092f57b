import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { transitions } from '../../functions/ledger/transitions.ts';
import type { Violation } from './check/violation.ts';
import { playInCrew } from './crew.ts';
import { faults } from './faults.ts';
import { fixedSeeds, type Seed } from './fixed-seeds.ts';
import { planOf } from './plan-of.ts';
import { kindOf, play, playSeed } from './play.ts';
import { transitionFaults } from './transition-faults.ts';
import type { Report } from './worker.ts';

interface Run {
  readonly violations: readonly (Violation & { readonly seed: string })[];
  readonly transitions: ReadonlySet<string>;
}

/** Until then, where it is given. */
async function playAll(seeds: Iterable<Seed>, until = Infinity): Promise<Run> {
  const violations: (Violation & { seed: string })[] = [];
  const seen = new Set<string>();
  for (const [seed, scenario] of seeds) {
    if (Date.now() > until) break;
    const history = await playSeed(seed, scenario);
    violations.push(...history.violations.map((violation) => ({ ...violation, seed })));
    for (const transition of history.transitions) seen.add(transition);
  }
  return { violations, transitions: seen };
}

/** Nobody has played these before: the clock names them. */
function freshSeeds(): readonly Seed[] {
  const first = Date.now();
  return Array.from({ length: 100 }, (_, index): Seed => [String(first + index)]);
}

/** Played once, whichever of the tests that ask for it come to run. */
function once<T>(work: () => Promise<T>): () => Promise<T> {
  let result: Promise<T> | undefined;
  return () => (result ??= work());
}
const fixed = once(() => playAll(fixedSeeds));

const broken = ({ violations }: Run, guarantee?: string): readonly string[] =>
  violations
    .filter((violation) => guarantee === undefined || violation.guarantee === guarantee)
    .map((violation) => `seed ${violation.seed}: ${kindOf(violation)}: ${violation.details}`);

describe.each(['G1', 'G2', 'G3', 'G4', 'G5', 'G6', 'G7', 'G8'] as const)(
  'the simulation, %s',
  (guarantee) => {
    it(`${guarantee}: holds in histories that are always the same`, { timeout: 180_000 }, async () => {
      expect(broken(await fixed(), guarantee)).toEqual([]);
    });
  },
);

describe('the simulation', () => {
  it('shows every change of state that an event may make, and no other', { timeout: 180_000 }, async () => {
    const allowed = Object.entries(transitions).flatMap(([from, next]) => next.map((to) => `${from} ${to}`));

    const { transitions: seen } = await fixed();

    expect([...seen].sort()).toEqual(allowed.sort());
  });

  it('holds in histories that nobody has played before', { timeout: 60_000 }, async () => {
    const fresh = await playAll(freshSeeds(), Date.now() + 10_000);

    expect(broken(fresh)).toEqual([]);
  });

  it('plays the same history again from its seed', async () => {
    const digestOf = async (seed: string) => {
      const hash = createHash('sha256');
      await play(planOf(seed), { tell: (line) => hash.update(line) });
      return hash.digest('hex');
    };

    const [first, again, other] = [await digestOf('7'), await digestOf('7'), await digestOf('8')];

    expect(again).toBe(first);
    expect(other).not.toBe(first);
  });
});

describe('the planted faults', () => {
  it.each([...faults, ...transitionFaults])(
    '$name changes one place of the code that there is',
    async ({ patches }) => {
      for (const { file, find } of patches) {
        const source = await readFile(new URL(`../../${file}`, import.meta.url), 'utf8');

        expect(source.split(find)).toHaveLength(2);
      }
      expect(patches).not.toEqual([]);
    },
  );

  it.each([
    ['append-without-condition', 'G7 an audit item was changed'],
    ['at-most-once-again', 'G5 a handler ran more often than its attempts'],
    ['held-lane-goes-on', 'G3 a follower began while the head of its lane was failed and held'],
    ['sweeper-without-due', 'G8 something is stuck at the end'],
    ['letter-never-redrives', 'G7 a letter that was moved back did not run its event'],
    ['no-failed-reopened', 'G8 an operator was refused what the state of the event allows'],
  ])('%s is seen as: %s', { timeout: 60_000 }, async (fault, kind) => {
    const seen: string[] = [];
    let next = 1;

    await playInCrew({
      workers: 1,
      fault,
      scenario: '',
      next: () => (next > 200 ? undefined : { first: (next += 20) - 20, count: 20 }),
      onReport: ({ failures }: Report) => {
        seen.push(...failures.flatMap(({ violations }) => violations));
        return !seen.some((violation) => violation.startsWith(kind));
      },
    });

    expect(seen.some((violation) => violation.startsWith(kind))).toBe(true);
  });
});
