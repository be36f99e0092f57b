const units = [
  ['d', 86_400],
  ['h', 3600],
  ['min', 60],
] as const;

/** `45 s`, `3 min`, `2 h`, `5 d`: the largest unit that is whole. */
export function span(ms: number): string {
  const seconds = Math.round(Math.abs(ms) / 1000);
  for (const [unit, size] of units) {
    if (seconds >= size) return `${Math.floor(seconds / size)} ${unit}`;
  }
  return `${seconds} s`;
}

/** `3 min ago`, `in 2 h`, `now`. */
export function relative(at: Date, now: Date): string {
  const ms = at.getTime() - now.getTime();
  if (Math.abs(ms) < 1000) return 'now';
  return ms < 0 ? `${span(ms)} ago` : `in ${span(ms)}`;
}

/** UTC, to the second: `2026-11-29 15:57:52Z`. */
export const exact = (at: Date): string =>
  at
    .toISOString()
    .replace('T', ' ')
    .replace(/\.\d+Z$/, 'Z');

/** Both: `3 min ago, 2026-11-29 15:57:52Z`. */
export const moment = (at: Date, now: Date): string => `${relative(at, now)}, ${exact(at)}`;
