import type { Stories } from './stories.ts';

/** Five minutes, and what a run of the sweeper itself takes, with clocks that differ by seconds. */
export const limitMs = 5 * 60_000 + 45_000;
/** From one run that went through to the next. */
const longestGapMs = 75_000;
const longestRunMs = 30_000;

/** Whether, from a time on and for so long, one sweep after the other went through. */
export type IsWatched = (from: number, forMs?: number) => boolean;

export function watchedTime({ history }: Stories): IsWatched {
  const endAt = history.facts.at(-1)?.at ?? 0;
  const sweeps = history
    .of('swept')
    .filter(({ at, startedAt }) => at - startedAt <= longestRunMs)
    .sort((a, b) => a.startedAt - b.startedAt);
  return (from, forMs = limitMs) => {
    const until = from + forMs;
    if (until > endAt) return false;
    let covered = from;
    for (const { startedAt } of sweeps) {
      if (startedAt < from) continue;
      if (startedAt > until) break;
      if (startedAt - covered > longestGapMs) return false;
      covered = startedAt;
    }
    return until - covered <= longestGapMs;
  };
}
