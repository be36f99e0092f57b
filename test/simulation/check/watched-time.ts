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

/** Once a source is back, its lanes are looked at within an hour: each says for itself when it is looked at next. */
const backMs = 65 * 60_000;

/** The same for the events of a source: it was in the configuration all that time, and for long enough before. */
export function watchedTimeOf(stories: Stories): (source: string) => IsWatched {
  const isWatched = watchedTime(stories);
  const changes = Map.groupBy(stories.history.of('policy'), ({ source }) => source);
  return (source) => {
    const own = changes.get(source) ?? [];
    const away = own.flatMap(({ policy, at }, place) =>
      policy === undefined ? [{ from: at, to: (own[place + 1]?.at ?? Infinity) + backMs }] : [],
    );
    return (from, forMs = limitMs) =>
      isWatched(from, forMs) && away.every((gap) => gap.to < from || gap.from > from + forMs);
  };
}
