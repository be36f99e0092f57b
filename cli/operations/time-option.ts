import { InvalidArgumentError } from 'commander';

const units = { s: 1000, min: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** `2h`, `30min`, `7d`: so long ago; or a time as ISO 8601. Handed to the API as ISO 8601. */
export function timeOption(text: string, now = new Date()): string {
  const [, count, unit] = /^(\d{1,6})\s*(s|min|h|d)$/.exec(text) ?? [];
  if (count !== undefined && (unit === 's' || unit === 'min' || unit === 'h' || unit === 'd')) {
    return new Date(now.getTime() - Number(count) * units[unit]).toISOString();
  }
  const at = /^\d{4}-\d\d-\d\d/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(at))
    throw new InvalidArgumentError(
      'Say how long ago, such as 30min, 2h or 7d; or a time, such as 2026-11-29T12:00Z.',
    );
  return new Date(at).toISOString();
}
