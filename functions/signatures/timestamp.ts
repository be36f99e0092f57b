import type { Place } from './place.ts';
import type { Verdict } from './verdict.ts';

export interface TimestampSpec {
  readonly from: Place;
  /** Seconds, milliseconds, or RFC 3339 with a zone. */
  readonly unit: 's' | 'ms' | 'iso';
  /** How old a request may be (default 300 s). */
  readonly toleranceSeconds?: number;
  /** How far ahead of our clock it may be (default: as old as it may be). */
  readonly futureSeconds?: number;
}

const defaultToleranceSeconds = 300;

const digits = { s: /^\d{1,11}$/, ms: /^\d{1,14}$/ };
const rfc3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)$/;

/** Plain digits or RFC 3339 only: ` 12`, `1e9`, `+5`, `Infinity` and a date without a zone are no times. */
export function readTimestamp(text: string, unit: TimestampSpec['unit']): number | undefined {
  if (unit === 'iso') {
    const ms = rfc3339.test(text) ? Date.parse(text) : NaN;
    return Number.isNaN(ms) ? undefined : ms;
  }
  if (!digits[unit].test(text)) return undefined;
  return unit === 's' ? Number(text) * 1000 : Number(text);
}

/** Refuses what is too old and, unlike most senders' own libraries, what is too far ahead. */
export function judgeTimestamp(ms: number, spec: TimestampSpec, now: Date): Verdict {
  const tolerance = spec.toleranceSeconds ?? defaultToleranceSeconds;
  const ageMs = now.getTime() - ms;
  if (ageMs > tolerance * 1000) return { verified: false, cause: 'timestamp-expired' };
  if (-ageMs > (spec.futureSeconds ?? tolerance) * 1000) {
    return { verified: false, cause: 'timestamp-in-future' };
  }
  return { verified: true };
}

export function timestampProblem(spec: TimestampSpec): string | undefined {
  if (!['s', 'ms', 'iso'].includes(spec.unit)) return 'the timestamp unit must be s, ms or iso';
  const bounds = [spec.toleranceSeconds ?? 0, spec.futureSeconds ?? 0];
  return bounds.every((bound) => Number.isFinite(bound) && bound >= 0)
    ? undefined
    : 'the timestamp tolerance must be a number of seconds from 0';
}
