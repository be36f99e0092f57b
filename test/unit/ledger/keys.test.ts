import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  entrySortKey,
  eventAndEntries,
  eventKey,
  eventSortKey,
  entriesOnly,
  letterEntry,
  letterSortKey,
  minuteKey,
  notesOnly,
  noteSortKey,
  parseEventKey,
  rejectionPartition,
  shardOf,
} from '../../../functions/ledger/keys.ts';

it('takes the id of an event apart from its source, whatever the id is', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', minLength: 1 }), (eventId) => {
      expect(parseEventKey(eventKey('acme', eventId))).toEqual({ source: 'acme', eventId });
    }),
  );
});

it.each([['acme'], ['#1'], ['acme#'], ['']])('knows that %j is no event', (text) => {
  expect(parseEventKey(text)).toBeUndefined();
});

it('sorts entries by their number', () => {
  fc.assert(
    fc.property(fc.nat(999_999), fc.nat(999_999), (a, b) => {
      expect(entrySortKey(a) < entrySortKey(b)).toBe(a < b);
    }),
  );
});

it('reads an event with its entries and letters in one range, its entries in another, its notes in a third', () => {
  const note = noteSortKey(new Date('2026-11-24T10:00:00.000Z'), '6f0c');
  const within =
    ({ from, to }: { from: string; to: string }) =>
    (key: string) =>
      from <= key && key <= to;
  const keys = [
    eventSortKey,
    letterSortKey(1),
    letterSortKey(999_999),
    entrySortKey(1),
    entrySortKey(999_999),
    note,
  ];

  expect(keys.map(within(eventAndEntries))).toEqual([true, true, true, true, true, false]);
  expect(keys.map(within(entriesOnly))).toEqual([false, false, false, true, true, false]);
  expect(keys.map(within(notesOnly))).toEqual([false, false, false, false, false, true]);
});

it('knows whose letter the note about one is', () => {
  expect(letterEntry(letterSortKey(12))).toBe(12);
  expect([eventSortKey, entrySortKey(12), 'NOTE#12', undefined].map(letterEntry)).toEqual(
    Array(4).fill(undefined),
  );
});

it('spreads keys evenly, and each always to the same shard', () => {
  const shards = Array.from({ length: 4000 }, (_, i) => shardOf(`acme#${i}`, 4));

  for (const shard of [0, 1, 2, 3]) {
    const share = shards.filter((s) => s === shard).length;
    expect(share).toBeGreaterThan(850);
    expect(share).toBeLessThan(1150);
  }
  expect(shardOf('acme#7', 4)).toBe(shards[7]);
});

it('names the minute of an event, and the day of a refusal, in UTC', () => {
  const at = new Date('2026-11-24T23:59:59.999Z');

  expect(minuteKey('acme', at, 3)).toBe('acme#2026-11-24T23:59#3');
  expect(rejectionPartition('acme', at, 'r')).toMatch(/^REJECTED#acme#2026-11-24#[0-3]$/);
});
