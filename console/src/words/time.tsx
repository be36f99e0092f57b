import { useSyncExternalStore } from 'react';

const dateOnly = new Intl.DateTimeFormat(undefined, { year: 'numeric', month: 'short', day: '2-digit' });
const timeOnly = new Intl.DateTimeFormat(undefined, {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
});

export const localTime = (date: Date): string => timeOnly.format(date);

/** In the viewer's zone; UTC, to the millisecond, where the pointer rests. `isRelative` adds how long ago, or until when. */
export function Time({ at, isRelative = false }: { readonly at: string; readonly isRelative?: boolean }) {
  const now = useNow();
  const date = new Date(at);
  return (
    <time dateTime={at} title={`${date.toISOString()} (UTC)`}>
      <span className="whole">{dateOnly.format(date)},</span> <span className="whole">{localTime(date)}</span>
      {isRelative && (
        <>
          {' '}
          <span className="whole quiet">{distance(date.getTime() - now)}</span>
        </>
      )}
    </time>
  );
}

/** `3 min ago`, `in 2 h`. */
export function distance(ms: number): string {
  const text = duration(Math.abs(ms));
  return ms > 0 ? `in ${text}` : `${text} ago`;
}

const units = [
  { name: 'd', ms: 86_400_000 },
  { name: 'h', ms: 3_600_000 },
  { name: 'min', ms: 60_000 },
  { name: 's', ms: 1000 },
] as const;

/** Of two units at most: `1 h 5 min`, `2.4 s`, `35 ms`. */
export function duration(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 10_000) return `${Number((ms / 1000).toFixed(1))} s`;
  const at = units.findIndex((unit) => ms >= unit.ms);
  const unit = units[at];
  if (unit === undefined) return `${Math.round(ms)} ms`;
  const whole = Math.floor(ms / unit.ms);
  const smaller = units[at + 1];
  const rest = smaller ? Math.floor((ms % unit.ms) / smaller.ms) : 0;
  return smaller === undefined || rest === 0
    ? `${whole} ${unit.name}`
    : `${whole} ${unit.name} ${rest} ${smaller.name}`;
}

/** One clock for the page. It ticks slowly: numbers that move all the time cannot be read. */
const tickMs = 5000;
let now = Date.now();
const listeners = new Set<() => void>();
setInterval(() => {
  now = Date.now();
  for (const listener of listeners) listener();
}, tickMs);

export const useNow = (): number => useSyncExternalStore(subscribe, () => now);

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
