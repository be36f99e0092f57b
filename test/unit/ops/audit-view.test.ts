import { expect, it } from 'vitest';
import { auditView } from '../../../functions/ops/audit-view.ts';
import { attempt, entry, note, recordOf, second, stored } from '../../support/event-record.ts';

const boom = { name: 'Error', message: 'boom' };
const whats = (record: Parameters<typeof auditView>[0]) => auditView(record).map(({ what }) => what);

it('G7: tells the whole story of an event in its order', () => {
  const entries = [
    entry(1, 'processing', attempt),
    entry(2, 'retrying', { nextAt: second(9), error: boom, durationMs: 4 }),
    entry(4, 'processing', { ...attempt, attempt: 2 }),
    entry(5, 'failed', { cause: 'attempts-exhausted', error: boom }),
    entry(6, 'reopened', { by: 'redrive', actor: 'sqs', generation: 1 }),
    entry(7, 'processing', { ...attempt, generation: 1 }),
    entry(8, 'processed', { durationMs: 3, result: { order: 7 } }),
  ];
  const notes = [
    note('duplicate', 3, { sameBody: true, answered: 'duplicate, retrying' }),
    note('dead-lettered', 5),
  ];

  const items = auditView(recordOf({ entries, notes }));

  expect(items.map(({ what }) => what)).toEqual([
    'accepted',
    'started',
    'retried',
    'duplicate',
    'started',
    'failed',
    'dead-lettered',
    'redriven',
    'started',
    'processed',
  ]);
  expect(items[0]).toMatchObject({ at: second(0), actor: 'ingest', correlationId: 'c-1' });
  expect(items[2]).toMatchObject({
    actor: 'processor',
    attempt: 1,
    reason: 'Error: boom',
    nextAt: second(9),
  });
  expect(items[3]).toMatchObject({ sameBody: true, answered: 'duplicate, retrying' });
  expect(items[5]).toMatchObject({ attempt: 1, reason: 'attempts-exhausted: Error: boom' });
  expect(items[7]).toMatchObject({ actor: 'sqs', generation: 1 });
  expect(items[9]).toMatchObject({ durationMs: 3, result: { order: 7 } });
});

it.each([
  ['redelivery', 'reopened'],
  ['redrive', 'redriven'],
  ['replay', 'replayed'],
] as const)('calls a reopening by %s %s', (by, what) => {
  const entries = [entry(1, 'reopened', { by, actor: 'alice', reason: 'fixed' })];

  const [, item] = auditView(recordOf({ entries, notes: [] }));

  expect(item).toMatchObject({ what, actor: 'alice', reason: 'fixed' });
});

it.each([
  entry(1, 'waiting', { position: '1', reason: 'the turn is on acme#e0' }),
  entry(1, 'ignored', { reason: 'no handler', durationMs: 0 }),
  entry(1, 'superseded', { reason: 'stale', comparedTo: 'version 2' }),
  entry(1, 'quarantined', {}),
  entry(1, 'discarded', { reason: 'by hand' }),
  entry(1, 'resolved', { reason: 'by hand' }),
])('calls $state by its own name', (one) => {
  expect(whats(recordOf({ entries: [one], notes: [] }))).toEqual(['accepted', one.state]);
});

it.each(['fenced', 'refused', 'released', 'dead-lettered'] as const)('lists a note that says %s', (what) => {
  expect(whats(recordOf({ entries: [], notes: [note(what, 1)] }))).toEqual(['accepted', what]);
});

it('says what a stale event was compared to', () => {
  const entries = [entry(1, 'superseded', { reason: 'stale', comparedTo: 'version 2' })];

  expect(auditView(recordOf({ entries, notes: [] }))[1]?.reason).toBe('stale, compared to version 2');
});

it('keeps entries in the order of their numbers where the clocks of workers disagree', () => {
  const entries = [
    entry(1, 'processing', { ...attempt, at: second(-2) }),
    entry(2, 'retrying', { at: second(8), nextAt: second(9), error: boom }),
    entry(3, 'processing', { ...attempt, at: second(5) }),
  ];

  const items = auditView(recordOf({ entries, notes: [note('duplicate', 6)] }));

  expect(items.map(({ what }) => what)).toEqual(['accepted', 'started', 'duplicate', 'retried', 'started']);
  expect(items[1]?.at).toEqual(second(-2));
});

it('puts the acceptance first of what happened in the same millisecond', () => {
  const entries = [entry(1, 'processing', { ...attempt, at: second(0) })];

  expect(whats(recordOf({ entries, notes: [note('duplicate', 0)] }))).toEqual([
    'accepted',
    'started',
    'duplicate',
  ]);
});

it('puts the acceptance of a copy that came after the body had expired where it happened', () => {
  const entries = [entry(1, 'ignored', { reason: 'no handler', durationMs: 0 })];
  const event = stored({ acceptedAt: second(100 * 24 * 3600) });
  const late = note('late-copy', 100 * 24 * 3600 + 1);

  expect(whats(recordOf({ event, entries, notes: [late] }))).toEqual(['ignored', 'accepted', 'duplicate']);
});
