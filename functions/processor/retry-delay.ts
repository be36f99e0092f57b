import type { Retry } from '../sources/source.ts';

/** SQS's longest visibility timeout, 12 h. */
const longestSeconds = 43_200;

/**
 * Seconds before the next attempt: what the handler asked for, or the source's list (its last value repeats), or full jitter over an
 * exponential, capped. Never below 1, never above SQS's 43,200 s. `random` is in [0, 1).
 */
export function retryDelaySeconds(
  retry: Retry,
  attempt: number,
  askedSeconds: number | undefined,
  random: () => number,
): number {
  const asked = askedSeconds !== undefined && Number.isFinite(askedSeconds) ? askedSeconds : undefined;
  const wanted = asked ?? configured(retry, attempt, random);
  return Math.min(longestSeconds, Math.max(1, Math.ceil(wanted)));
}

function configured(retry: Retry, attempt: number, random: () => number): number {
  if ('delaysSeconds' in retry) return retry.delaysSeconds[attempt - 1] ?? retry.delaysSeconds.at(-1) ?? 1;
  const { baseSeconds, maxSeconds } = retry.backoff;
  // Beyond 2^30 the cap decides; an unbounded power becomes infinite, and 0 times that is no number.
  return random() * Math.min(maxSeconds, baseSeconds * 2 ** Math.min(attempt - 1, 30));
}
