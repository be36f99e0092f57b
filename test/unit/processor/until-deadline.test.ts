import { expect, it } from 'vitest';
import { untilDeadline } from '../../../functions/processor/until-deadline.ts';

/** A clock that sleeping moves, and an action that fails so many times. */
function failingTimes(failures: number) {
  let nowMs = 0;
  let tries = 0;
  const clock = { now: () => new Date(nowMs), sleep: async (ms: number) => void (nowMs += ms) };
  const action = async () => {
    tries++;
    if (tries <= failures) throw new Error(`try ${tries}`);
    return 'done';
  };
  return { clock, action, tries: () => tries, nowMs: () => nowMs };
}

it('does it once where it works', async () => {
  const { clock, action, tries, nowMs } = failingTimes(0);

  expect(await untilDeadline(action, new Date(30_000), clock)).toBe('done');

  expect([tries(), nowMs()]).toEqual([1, 0]);
});

it('tries again with growing pauses until it works', async () => {
  const { clock, action, tries, nowMs } = failingTimes(5);

  expect(await untilDeadline(action, new Date(30_000), clock)).toBe('done');

  expect([tries(), nowMs()]).toEqual([6, 100 + 300 + 1000 + 3000 + 3000]);
});

it('throws the last error when the time is over, half a second before the deadline', async () => {
  const { clock, action, tries, nowMs } = failingTimes(Infinity);

  await expect(untilDeadline(action, new Date(10_000), clock)).rejects.toThrow(/^try 6$/);

  expect(tries()).toBe(6);
  expect(nowMs()).toBeLessThanOrEqual(9500);
});

it('tries at least once, however late it is', async () => {
  const { clock, action, tries } = failingTimes(1);

  await expect(untilDeadline(action, new Date(-1), clock)).rejects.toThrow('try 1');

  expect(tries()).toBe(1);
});
