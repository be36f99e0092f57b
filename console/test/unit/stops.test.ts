import { expect, it } from 'vitest';
import { stopsOf } from '../../src/sources/stops.ts';

const now = Date.parse('2026-01-02T03:00:00Z');
const paused = { since: '2026-01-02T02:00:00Z', actor: 'ada', reason: 'it moves' };
const tripped = { failures: 3, trippedAt: '2026-01-02T02:30:00Z', probeAt: '2026-01-02T03:01:00Z' };
const kinds = (of: Parameters<typeof stopsOf>[0]) => stopsOf(of, now).map(({ kind }) => kind);

it('names nothing where nothing stops a source, also after it has failed or waited', () => {
  expect(kinds({})).toEqual([]);
  expect(kinds({ breaker: { failures: 2 } })).toEqual([]);
  expect(kinds({ breaker: { failures: 1, closedUntil: '2026-01-02T02:59:59Z' } })).toEqual([]);
});

it('names a pause and a breaker that has tripped, both where both are', () => {
  expect(kinds({ paused })).toEqual(['paused']);
  expect(kinds({ breaker: tripped })).toEqual(['tripped']);
  expect(kinds({ paused, breaker: tripped })).toEqual(['paused', 'tripped']);
});

it('names a destination that asked to wait, unless its breaker has tripped', () => {
  const closedUntil = '2026-01-02T03:05:00Z';

  expect(kinds({ breaker: { failures: 1, closedUntil } })).toEqual(['asked-to-wait']);
  expect(kinds({ breaker: { ...tripped, closedUntil } })).toEqual(['tripped']);
});
