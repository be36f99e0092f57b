import fc from 'fast-check';
import { expect, it } from 'vitest';
import { retryDelaySeconds } from '../../../functions/processor/retry-delay.ts';
import type { Retry } from '../../../functions/sources/source.ts';

const list = { attempts: 9, delaysSeconds: [5, 10, 30] };
const backoff = { attempts: 9, backoff: { baseSeconds: 10, maxSeconds: 100 } };
const half = () => 0.5;

it.each([
  [1, 5],
  [2, 10],
  [3, 30],
  [4, 30],
  [100, 30],
])('attempt %i of a list waits %i s: the last one repeats', (attempt, seconds) => {
  expect(retryDelaySeconds(list, attempt, undefined, half)).toBe(seconds);
});

it.each([
  [1, 5],
  [2, 10],
  [3, 20],
  [4, 40],
  [5, 50],
  [2000, 50],
])(
  'attempt %i of a backoff waits half of twice as much each time, up to half the most: %i s',
  (attempt, seconds) => {
    expect(retryDelaySeconds(backoff, attempt, undefined, half)).toBe(seconds);
  },
);

it.each([
  [777, 777],
  [0.2, 1],
  [-5, 1],
  [1e9, 43_200],
  [Number.NaN, 5],
  [Number.POSITIVE_INFINITY, 5],
])('a handler that asks for %d s gets %i s', (asked, seconds) => {
  expect(retryDelaySeconds(list, 1, asked, half)).toBe(seconds);
});

it('is a whole number of seconds that SQS takes, whatever is configured and asked', () => {
  const seconds = fc.double({ min: 0, max: 1e6, noNaN: true });
  const retry: fc.Arbitrary<Retry> = fc.oneof(
    fc.record({ attempts: fc.nat(), delaysSeconds: fc.array(seconds) }),
    fc.record({ attempts: fc.nat(), backoff: fc.record({ baseSeconds: seconds, maxSeconds: seconds }) }),
  );
  const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
  fc.assert(
    fc.property(
      retry,
      fc.integer({ min: 1, max: 2000 }),
      fc.option(fc.double()),
      random,
      (r, n, asked, x) => {
        const delay = retryDelaySeconds(r, n, asked ?? undefined, () => x);

        expect(Number.isInteger(delay)).toBe(true);
        expect(delay).toBeGreaterThanOrEqual(1);
        expect(delay).toBeLessThanOrEqual(43_200);
      },
    ),
  );
});

it('spreads retries over the whole interval: full jitter', () => {
  const delays = [0, 0.25, 0.999].map((x) => retryDelaySeconds(backoff, 4, undefined, () => x));

  expect(delays).toEqual([1, 20, 80]);
});
