import { expect, it } from 'vitest';
import type { AuditItem } from '../../src/api/wire.ts';
import { lengthOf, placeOf, storyOf, widthOf } from '../../src/event/story.ts';

const start = Date.parse('2026-01-02T03:00:00.000Z');
const item = (seconds: number, what: AuditItem['what'], more: Partial<AuditItem> = {}): AuditItem => ({
  at: new Date(start + seconds * 1000).toISOString(),
  what,
  actor: 'processor',
  ...more,
});
const now = start + 3600_000;

it('draws attempts, the waits between them, and the rest that goes on', () => {
  const spans = storyOf(
    [
      item(0, 'accepted'),
      item(1, 'started', { attempt: 1 }),
      item(2, 'retried', { attempt: 1 }),
      item(12, 'started', { attempt: 2 }),
      item(13, 'failed', { attempt: 2 }),
    ],
    'failed',
    now,
  );

  expect(spans.map(({ kind, words }) => [kind, words])).toEqual([
    ['queued', 'in the queue'],
    ['bad', 'attempt 1: failed'],
    ['waits', 'until the next attempt'],
    ['bad', 'attempt 2: failed'],
    ['rests', 'failed, rests'],
  ]);
  expect(spans.map((span) => lengthOf(span))).toEqual(['1 s', '1 s', '10 s', '1 s', '59 min 47 s so far']);
});

it('ends where the event is final', () => {
  const spans = storyOf([item(0, 'accepted'), item(1, 'started'), item(3, 'processed')], 'processed', now);

  expect(spans.map(({ kind }) => kind)).toEqual(['queued', 'good']);
  expect(spans.at(-1)).toMatchObject({ to: start + 3000, isOpen: false });
});

it('puts what came in beside into the span that it fell in, also what came after the end', () => {
  const spans = storyOf(
    [
      item(0, 'accepted'),
      item(2, 'duplicate'),
      item(4, 'started'),
      item(8, 'processed'),
      item(100, 'duplicate'),
    ],
    'processed',
    now,
  );

  expect(spans.map(({ notes }) => notes.map(({ what }) => what))).toEqual([['duplicate'], ['duplicate']]);
  expect(placeOf(spans[0]!, spans[0]!.notes[0]!)).toBe(0.5);
  expect(placeOf(spans[1]!, spans[1]!.notes[0]!)).toBe(1);
});

it('calls an attempt that was taken over by another one ended without a word', () => {
  const spans = storyOf(
    [item(0, 'accepted'), item(1, 'started', { attempt: 1 }), item(61, 'started')],
    'processing',
    now,
  );

  expect(spans.map(({ words }) => words)).toEqual([
    'in the queue',
    'attempt 1: ended without a word',
    'attempt, running',
  ]);
});

it('draws what took longer wider, and days not out of all proportion', () => {
  const width = (ms: number) => widthOf({ from: 0, to: ms });

  expect(width(1000)).toBeGreaterThan(width(10));
  expect(width(86_400_000) / width(10)).toBeLessThan(7);
});

it('is not thrown off by clocks that disagree', () => {
  const spans = storyOf([item(5, 'accepted'), item(1, 'started'), item(2, 'processed')], 'processed', now);

  expect(spans.every(({ from, to }) => to >= from)).toBe(true);
});
