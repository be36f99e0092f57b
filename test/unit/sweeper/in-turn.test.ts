import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inRotation } from '../../../functions/sweeper/in-turn.ts';

const never = () => false;
/** Everything that can go on has gone on. */
const settled = () => new Promise(setImmediate);

/** Work that ends when it is told to; says in which order it began. */
function works() {
  const begun: string[] = [];
  const ends: (() => void)[] = [];
  let running = 0;
  let most = 0;
  const work = (name: string) => async () => {
    begun.push(name);
    most = Math.max(most, ++running);
    await new Promise<void>((resolve) => ends.push(resolve));
    running--;
    return name;
  };
  return {
    work,
    begun,
    most: () => most,
    running: () => running,
    endOne: async () => {
      ends.shift()?.();
      await settled();
    },
    endAll: async () => {
      while (ends.length > 0) {
        ends.shift()?.();
        await settled();
      }
    },
  };
}

describe('work taken in rotation', () => {
  it('gives what the work gave, to each its own', async () => {
    const inTurn = inRotation(2, never);

    const results = await Promise.all(
      ['a', 'b', 'c'].map((name) => inTurn('one', () => Promise.resolve(name))),
    );

    expect(results).toEqual(['a', 'b', 'c']);
  });

  it('is taken from each stream in turn, however much one has to do', async () => {
    const { work, begun, endAll } = works();
    const inTurn = inRotation(1, never);
    for (let n = 0; n < 5; n++) void inTurn('long', work(`long-${n}`));
    void inTurn('short', work('short-0'));
    void inTurn('short', work('short-1'));
    void inTurn('other', work('other-0'));

    await endAll();

    expect(begun).toEqual([
      ...['long-0', 'long-1', 'short-0', 'other-0'],
      ...['long-2', 'short-1', 'long-3', 'long-4'],
    ]);
  });

  it('lets a stream that comes late begin before the rest of one that was there', async () => {
    const { work, begun, endOne, endAll } = works();
    const inTurn = inRotation(1, never);
    for (let n = 0; n < 100; n++) void inTurn('long', work('long'));
    await endOne();
    void inTurn('late', work('late'));

    await endAll();

    expect(begun.indexOf('late')).toBeLessThanOrEqual(3);
  });

  it('never runs more at once than it may, and as many as it may', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 30 }),
        fc.array(fc.integer({ min: 0, max: 5 }), { maxLength: 60 }),
        async (atOnce, streams) => {
          const { work, most, running, begun, endAll } = works();
          const inTurn = inRotation(atOnce, never);
          for (const [n, stream] of streams.entries()) void inTurn(String(stream), work(String(n)));
          const runningAtOnce = running();
          await endAll();
          expect(runningAtOnce).toBe(Math.min(atOnce, streams.length));
          expect(most()).toBeLessThanOrEqual(atOnce);
          expect([...begun].sort()).toEqual(streams.map((_, n) => String(n)).sort());
        },
      ),
      { numRuns: 50 },
    );
  });

  it('serves each of several streams as often as any other while all have work', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 6 }),
        fc.array(fc.integer({ min: 20, max: 40 }), { minLength: 2, maxLength: 6 }),
        async (atOnce, lengths) => {
          const { work, begun, endAll } = works();
          const inTurn = inRotation(atOnce, never);
          for (const [stream, length] of lengths.entries()) {
            for (let n = 0; n < length; n++) void inTurn(String(stream), work(String(stream)));
          }
          await endAll();
          // The first ones begin as they come; from then on it is one each.
          const inAll = begun.slice(atOnce, atOnce + 10 * lengths.length);
          const counts = lengths.map((_, stream) => inAll.filter((name) => name === String(stream)).length);
          expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
        },
      ),
      { numRuns: 30 },
    );
  });

  it('goes on after work that fails, which fails for whoever asked for it alone', async () => {
    const inTurn = inRotation(1, never);

    const results = await Promise.allSettled([
      inTurn('one', () => Promise.reject(new Error('no'))),
      inTurn('one', () => Promise.resolve('a')),
      inTurn('two', () => Promise.resolve('b')),
    ]);

    expect(results.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled']);
  });

  it('goes on after work that throws before it gives a promise', async () => {
    const inTurn = inRotation(1, never);

    const results = await Promise.allSettled([
      inTurn('one', () => {
        throw new Error('no');
      }),
      inTurn('one', () => Promise.resolve('a')),
    ]);

    expect(results.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
  });

  it('does not begin any more once the time is over: what has begun ends, the rest gives undefined', async () => {
    const { work, begun, endAll } = works();
    let isOver = false;
    const inTurn = inRotation(2, () => isOver);
    const results = ['a', 'b', 'c', 'd'].map((name) => inTurn('one', work(name)));
    isOver = true;

    await endAll();

    expect(begun).toEqual(['a', 'b']);
    expect(await Promise.all(results)).toEqual(['a', 'b', undefined, undefined]);
  });
});
