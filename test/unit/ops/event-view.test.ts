import { expect, it } from 'vitest';
import { eventView } from '../../../functions/ops/event-view.ts';
import { attempt, entry, note, recordOf, second, stored } from '../../support/event-record.ts';

const key = 'acme#e/1';
const boom = { name: 'Error', message: 'boom' };

it('shows an event that nothing has happened to as pending', () => {
  const view = eventView(key, recordOf({ entries: [], notes: [] }));

  expect(view).toMatchObject({
    source: 'acme',
    eventId: 'e/1',
    type: 'order.paid',
    lane: 'acme#o1',
    state: 'pending',
    attempts: 0,
    duplicates: 0,
    acceptedAt: second(0),
    correlationId: 'c-1',
    bodySha256: 'aa',
    bodyBytes: 12,
    generation: 0,
  });
});

it('names its sender, and says what the event lacked', () => {
  const said = { sender: 'arn:aws:iam::123456789012:user/ada', lacks: ['version'] };

  expect(eventView(key, recordOf({ event: stored(said) }))).toMatchObject(said);
});

it('counts attempts over all generations, and copies from the notes', () => {
  const entries = [
    entry(1, 'processing', attempt),
    entry(2, 'failed', { cause: 'permanent-error', error: boom }),
    entry(3, 'reopened', { by: 'redelivery', generation: 1 }),
    entry(4, 'processing', { ...attempt, generation: 1 }),
    entry(5, 'processed', { durationMs: 3, result: { order: 7 }, generation: 1 }),
  ];
  const notes = [note('duplicate', 1), note('fenced', 2), note('duplicate', 3), note('late-copy', 4)];

  const view = eventView(key, recordOf({ entries, notes }));

  expect(view).toMatchObject({
    state: 'processed',
    attempts: 2,
    duplicates: 3,
    generation: 1,
    lastError: boom,
    result: { order: 7 },
    changedAt: second(5),
  });
});

it('shows the error of the last attempt that had one', () => {
  const earlier = { name: 'Error', message: 'earlier' };
  const entries = [
    entry(1, 'retrying', { nextAt: second(9), error: earlier }),
    entry(2, 'failed', { cause: 'attempts-exhausted', error: boom }),
  ];

  expect(eventView(key, recordOf({ entries, notes: [] }))?.lastError).toEqual(boom);
});

it('says when a retry is due, and why', () => {
  const entries = [entry(1, 'processing', attempt), entry(2, 'retrying', { nextAt: second(9), error: boom })];

  const view = eventView(key, recordOf({ entries, notes: [] }));

  expect(view).toMatchObject({ state: 'retrying', nextAt: second(9), reason: 'Error: boom' });
});

it('says until when an attempt holds its lease', () => {
  const view = eventView(key, recordOf({ entries: [entry(1, 'processing', attempt)], notes: [] }));

  expect(view).toMatchObject({ state: 'processing', leaseUntil: second(60) });
});

it('shows what is left of an event whose body has expired', () => {
  const entries = [entry(1, 'ignored', { reason: 'no handler', durationMs: 0, lane: 'acme#o1' })];

  const view = eventView(key, recordOf({ event: undefined, entries, notes: [] }));

  expect(view).toMatchObject({ state: 'ignored', lane: 'acme#o1', reason: 'no handler' });
  expect(view?.acceptedAt).toBeUndefined();
});

it('shows nothing of an event that never was, copies noted or not', () => {
  expect(
    eventView(key, recordOf({ event: undefined, entries: [], notes: [note('refused', 1)] })),
  ).toBeUndefined();
});
