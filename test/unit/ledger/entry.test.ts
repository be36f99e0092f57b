import { describe, expect, it } from 'vitest';
import {
  asksForAttention,
  following,
  isAtRest,
  isFinal,
  type Entry,
} from '../../../functions/ledger/entry.ts';

const common = { number: 1, at: new Date(0), actor: 'p', generation: 0, replay: 0, attempt: 1, nonce: 'n' };
const message = { messageId: 'm', copy: 'c' };
const processing: Entry = {
  ...common,
  ...message,
  state: 'processing',
  leaseUntil: new Date(0),
  worker: 'w',
};
const lastReceive: Entry = { ...processing, lastReceive: true };
const retrying: Entry = {
  ...common,
  state: 'retrying',
  nextAt: new Date(0),
  error: { name: 'E', message: '' },
};
const failed: Entry = { ...common, state: 'failed', cause: 'permanent-error' };
const quarantined: Entry = { ...common, ...message, state: 'quarantined' };
const reopened: Entry = { ...common, state: 'reopened', by: 'redelivery' };
const processed: Entry = { ...common, state: 'processed', durationMs: 1 };
const discarded: Entry = { ...common, state: 'discarded', reason: 'r' };

it.each<[string, Entry[], boolean]>([
  ['nothing', [], false],
  ['an attempt', [processing], false],
  ['an attempt that failed', [processing, retrying], false],
  ['an event that failed', [processing, failed], true],
  ['an event in quarantine', [processing, quarantined], true],
  ['a last receive', [lastReceive], true],
  ['a last receive that is tried again', [lastReceive, retrying], true],
  ['a redrive that is not done', [processing, failed, processing], true],
  ['a redrive that was', [processing, failed, processing, processed], false],
  ['a redelivery', [processing, failed, reopened, processing], false],
  ['a redelivery that failed too', [processing, failed, reopened, processing, failed], true],
  ['what somebody discarded', [failed, discarded], false],
])('%s asks for attention: %#', (_, entries, asks) => {
  expect(asksForAttention(entries)).toBe(asks);
});

describe('a state', () => {
  it('is final, at rest or neither', () => {
    const final = ['processed', 'ignored', 'superseded', 'discarded', 'resolved'] as const;
    const resting = ['failed', 'quarantined'] as const;
    const moving = ['pending', 'processing', 'retrying', 'waiting', 'reopened'] as const;

    expect([...final, ...resting, ...moving].filter(isFinal)).toEqual(final);
    expect([...final, ...resting, ...moving].filter(isAtRest)).toEqual([...final, ...resting]);
  });
});

it('counts on from the newest entry, and from nothing', () => {
  const newest: Entry = { ...processed, number: 7, generation: 2, replay: 1, attempt: 3 };

  expect(following(newest)).toEqual({ number: 8, generation: 2, replay: 1, attempt: 3 });
  expect(following(undefined)).toEqual({ number: 1, generation: 0, replay: 0, attempt: 0 });
});
