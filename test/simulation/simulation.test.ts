import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { playInCrew } from './crew.ts';
import { faults } from './faults.ts';
import { planOf } from './plan-of.ts';
import { kindOf, play, playSeed } from './play.ts';
import type { Report } from './worker.ts';

const told = async (seed: string) => {
  const { violations } = await playSeed(seed);
  return violations.map((violation) => `seed ${seed}: ${kindOf(violation)}: ${violation.details}`);
};

describe('the simulation', () => {
  it('G1 to G8: finds nothing in 120 histories that are always the same', { timeout: 60_000 }, async () => {
    for (let seed = 1; seed <= 120; seed++) expect(await told(String(seed))).toEqual([]);
  });

  it(
    'G1 to G8: finds nothing in some histories that nobody has played before',
    { timeout: 60_000 },
    async () => {
      const until = Date.now() + 10_000;
      const first = Date.now();
      let seed = first;
      while (Date.now() < until && seed < first + 100) expect(await told(String(seed++))).toEqual([]);
      console.log(`fresh histories: npm run simulate -- --first ${first} --histories ${seed - first}`);
    },
  );

  it('plays the same history again from its seed', async () => {
    const digestOf = async (seed: string) => {
      const hash = createHash('sha256');
      await play(planOf(seed), (line) => hash.update(line));
      return hash.digest('hex');
    };

    const [first, again, other] = [await digestOf('7'), await digestOf('7'), await digestOf('8')];

    expect(again).toBe(first);
    expect(other).not.toBe(first);
  });
});

describe('the planted faults', () => {
  it.each(faults)('$name changes one place of the code that there is', async ({ patches }) => {
    for (const { file, find } of patches) {
      const source = await readFile(new URL(`../../${file}`, import.meta.url), 'utf8');

      expect(source.split(find)).toHaveLength(2);
    }
    expect(patches).not.toEqual([]);
  });

  it.each([
    ['append-without-condition', 'G7 an audit item was changed'],
    ['at-most-once-again', 'G5 a handler ran more often than its attempts'],
    ['held-lane-goes-on', 'G3 a follower began while the head of its lane was failed and held'],
    ['sweeper-without-watches', 'G8 something is stuck at the end'],
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
