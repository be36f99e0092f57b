import type { Retry } from './source.ts';

/** Seconds before the next attempt at most: the source's list, whose last value repeats, or its backoff without jitter. */
export function longestDelaySeconds(retry: Retry, attempt: number): number {
  if ('delaysSeconds' in retry) return retry.delaysSeconds[attempt - 1] ?? retry.delaysSeconds.at(-1) ?? 1;
  const { baseSeconds, maxSeconds } = retry.backoff;
  // Beyond 2^30 the cap decides; an unbounded power becomes infinite, and 0 times that is no number.
  return Math.min(maxSeconds, baseSeconds * 2 ** Math.min(attempt - 1, 30));
}
