import { expect, it } from 'vitest';
import { decideReopen } from '../../../functions/ingest/decide-reopen.ts';
import type { Entry } from '../../../functions/ledger/entry.ts';

const common = {
  number: 4,
  at: new Date(),
  actor: 'processor',
  generation: 2,
  replay: 1,
  attempt: 3,
  nonce: 'n',
};
const atLeastOnce = { execution: 'at-least-once', isExpired: false } as const;
const atMostOnce = { execution: 'at-most-once', isExpired: false } as const;

it('sends the first message again while nothing has happened to the event', () => {
  const decision = decideReopen(undefined, atLeastOnce);

  expect(decision).toEqual({ kind: 'send-again', state: 'pending', generation: 0, purpose: 'first' });
});

it('answers a processed event with its result', () => {
  const processed: Entry = { ...common, state: 'processed', result: { order: 7 }, durationMs: 1 };

  expect(decideReopen(processed, atLeastOnce)).toEqual({
    kind: 'answer',
    state: 'processed',
    result: { order: 7 },
  });
});

it.each<Entry>([
  { ...common, state: 'ignored', reason: 'no handler', durationMs: 1 },
  { ...common, state: 'superseded', reason: 'stale', comparedTo: '2' },
  { ...common, state: 'discarded', reason: 'by hand' },
  { ...common, state: 'resolved', reason: 'by hand' },
  {
    ...common,
    state: 'processing',
    leaseUntil: new Date(),
    worker: 'w',
  },
  { ...common, state: 'retrying', nextAt: new Date(), error: { name: 'Error', message: '' } },
  { ...common, state: 'waiting', position: '1', reason: 'turn' },
])('leaves an event alone that is $state', (newest) => {
  const decision = decideReopen(newest, atLeastOnce);

  expect(decision).toEqual({ kind: 'answer', state: newest.state });
});

it.each([
  ['redelivery', 'reopened'],
  ['redrive', 'reopened'],
  ['replay', 'replay'],
] as const)('sends again what a reopening by %s promised, which may not have been sent', (by, purpose) => {
  const decision = decideReopen({ ...common, state: 'reopened', by }, atLeastOnce);

  expect(decision).toEqual({ kind: 'send-again', state: 'reopened', generation: 2, purpose });
});

const failed: Entry = { ...common, state: 'failed', cause: 'attempts-exhausted' };
const quarantined: Entry = { ...common, state: 'quarantined' };

it.each([failed, quarantined])('reopens an event that $state', (newest) => {
  const decision = decideReopen(newest, atLeastOnce);

  expect(decision).toEqual({ kind: 'reopen', newest });
});

it.each([failed, quarantined])(
  'never reopens an event that $state by itself under at-most-once',
  (newest) => {
    expect(decideReopen(newest, atMostOnce)).toEqual({ kind: 'answer', state: newest.state });
  },
);

it.each([failed, quarantined])('does not reopen an event that $state once its body has expired', (newest) => {
  const decision = decideReopen(newest, { ...atLeastOnce, isExpired: true });

  expect(decision).toEqual({ kind: 'answer', state: newest.state });
});

it('reopens an event that failed for want of its body, when a copy has brought the body again', () => {
  const newest: Entry = { ...common, state: 'failed', cause: 'body-expired' };

  expect(decideReopen(newest, atLeastOnce)).toEqual({ kind: 'reopen', newest });
});
