import { describe, expect, it } from 'vitest';
import type { Entry } from '../../../functions/ledger/entry.ts';
import type { StoredEvent } from '../../../functions/ledger/event.ts';
import { decide, type Decision } from '../../../functions/processor/decide-message.ts';
import type { AttemptRules } from '../../../functions/processor/received-event.ts';

const now = new Date('2026-11-24T10:00:00.000Z');
const at = (seconds: number) => new Date(now.getTime() + seconds * 1000);

const event = (expiresInSeconds: number): StoredEvent => ({
  source: 'acme',
  eventId: '1',
  type: 't',
  lane: 'acme#c',
  bodySha256: '',
  bodyBytes: 0,
  headers: {},
  acceptedAt: at(-100),
  expiresAt: at(expiresInSeconds),
  correlationId: 'c',
  nonce: 'n',
});
const bodies = { body: event(1), 'expired body': event(0), 'no body': undefined };

const common = { number: 2, at: at(-50), actor: 'p', generation: 1, replay: 0, attempt: 2, nonce: 'n' };
const error = { name: 'Error', message: 'no' };
const processing = (leaseInSeconds: number, attempt = 2): Entry => ({
  ...common,
  state: 'processing',
  attempt,
  leaseUntil: at(leaseInSeconds),
  worker: 'w',
});
const newest = {
  pending: undefined,
  'processing, leased': processing(0.001),
  'processing, lease over': processing(0),
  'processing, lease over, last attempt': processing(0, 5),
  'retrying, early': { ...common, state: 'retrying', nextAt: at(0.001), error },
  'retrying, due': { ...common, state: 'retrying', nextAt: at(0), error },
  'retrying, parked, early': { ...common, state: 'retrying', nextAt: at(0.001), error, parked: true },
  'retrying, parked, far': { ...common, state: 'retrying', nextAt: at(120.001), error, parked: true },
  'retrying, parked, due': { ...common, state: 'retrying', nextAt: at(0), error, parked: true },
  waiting: { ...common, state: 'waiting', position: '1', reason: 'turn' },
  reopened: { ...common, state: 'reopened', by: 'redelivery', generation: 1, attempt: 0 },
  failed: { ...common, state: 'failed', cause: 'permanent-error' },
  'failed by a gap': { ...common, state: 'failed', cause: 'gap' },
  quarantined: { ...common, state: 'quarantined' },
  processed: { ...common, state: 'processed', durationMs: 1 },
  ignored: { ...common, state: 'ignored', reason: 'r', durationMs: 1 },
  superseded: { ...common, state: 'superseded', reason: 'late', comparedTo: 'number 2' },
  discarded: { ...common, state: 'discarded', reason: 'r' },
  resolved: { ...common, state: 'resolved', reason: 'r' },
} satisfies Record<string, Entry | undefined>;
type Newest = keyof typeof newest;

/** As the queue delivers it: the last one that was sent for the event, or one from before it was put back. */
const messages = { 'of today': { generation: 1 }, 'of a later day': { generation: 2 } };
const retry = { attempts: 5, delaysSeconds: [1] };
const onceOrMore: AttemptRules = { execution: 'at-least-once', retry };
const atMostOnce: AttemptRules = { execution: 'at-most-once', retry };

/** A decision in a few words, its attempt included. */
function words(decision: Decision): string {
  switch (decision.kind) {
    case 'run':
      return `run ${decision.attempt}`;
    case 'fail':
      return `fail: ${decision.cause}`;
    case 'stale':
      return decision.lateCopy ? 'stale: late copy' : 'stale';
    case 'later':
    case 'reopen':
    case 'quarantine':
      return decision.kind;
  }
}

const decided = (
  state: Newest,
  body: keyof typeof bodies = 'body',
  message: { readonly generation: number } = { generation: 1 },
  rules = onceOrMore,
) => {
  const entry = newest[state];
  const record = { event: bodies[body], entries: entry ? [entry] : [], lettersOf: [] };
  return words(decide(record, message, rules, now));
};

const allBodies = Object.keys(bodies) as (keyof typeof bodies)[];
const finals: Newest[] = ['processed', 'ignored', 'superseded', 'discarded', 'resolved'];

describe('decide', () => {
  it.each<[Newest, string, string, string]>([
    //                                        with a body      body expired          no body
    ['pending', 'run 1', 'fail: body-expired', 'fail: body-expired'],
    ['processing, leased', 'later', 'later', 'later'],
    ['processing, lease over', 'run 3', 'fail: body-expired', 'fail: body-expired'],
    [
      'processing, lease over, last attempt',
      'fail: lease-expired',
      'fail: lease-expired',
      'fail: lease-expired',
    ],
    ['retrying, early', 'later', 'later', 'later'],
    ['retrying, due', 'run 3', 'fail: body-expired', 'fail: body-expired'],
    ['retrying, parked, far', 'stale', 'stale', 'stale'],
    // Whoever sent it has a clock that is ahead.
    ['retrying, parked, early', 'later', 'later', 'later'],
    ['retrying, parked, due', 'run 3', 'fail: body-expired', 'fail: body-expired'],
    ['waiting', 'run 3', 'fail: body-expired', 'fail: body-expired'],
    ['reopened', 'run 1', 'fail: body-expired', 'fail: body-expired'],
    ['failed', 'stale', 'stale', 'stale'],
    ['failed by a gap', 'stale', 'stale', 'stale'],
    ['quarantined', 'stale', 'stale', 'stale'],
  ])('%s: %s; once its body is gone, %s', (state, withBody, expired, none) => {
    for (const message of Object.values(messages)) {
      expect(decided(state, 'body', message)).toBe(withBody);
      expect(decided(state, 'expired body', message)).toBe(expired);
      expect(decided(state, 'no body', message)).toBe(none);
    }
  });

  it('G3: leaves an event that was put back to its own message, which stands in its place', () => {
    const old = { generation: 0 };

    for (const state of Object.keys(newest).filter((each) => each !== 'pending') as Newest[]) {
      for (const body of allBodies) {
        const record = { event: bodies[body], entries: [newest[state]!], lettersOf: [] };

        expect(words(decide(record, old, onceOrMore, now))).toBe('stale');
      }
    }
  });

  it.each(finals.map((state) => [state]))('%s: is final, whatever comes', (state) => {
    for (const body of allBodies) {
      for (const message of Object.values(messages)) expect(decided(state, body, message)).toBe('stale');
    }
  });

  it('G5: quarantines at most once what would run again after its lease, with a body or without', () => {
    for (const body of allBodies) {
      expect(decided('processing, lease over', body, undefined, atMostOnce)).toBe('quarantine');
      expect(decided('processing, leased', body, undefined, atMostOnce)).toBe('later');
    }
    expect(decided('pending', 'body', undefined, atMostOnce)).toBe('run 1');
    expect(decided('reopened', 'body', undefined, atMostOnce)).toBe('run 1');
  });

  it('comes back exactly when lease or delay are over', () => {
    const of = (entry: Entry) => {
      const record = { event: bodies.body, entries: [entry], lettersOf: [] };
      return decide(record, { generation: 1 }, onceOrMore, now);
    };

    expect([of(newest['processing, leased']), of(newest['retrying, early'])]).toMatchObject([
      { at: at(0.001) },
      { at: at(0.001) },
    ]);
  });

  describe('a body that came again after it had expired', () => {
    const again = (
      state: 'processed' | 'failed' | 'quarantined',
      acceptedAt: Date,
      rules = onceOrMore,
      hasRun = true,
    ) => {
      const entries = [...(hasRun ? [processing(0)] : []), newest[state]];
      const record = { event: { ...event(1), acceptedAt }, entries, lettersOf: [] };

      return words(decide(record, { generation: 0 }, rules, now));
    };

    it('is a late copy of an event that is final', () => {
      expect(again('processed', at(-49))).toBe('stale: late copy');
      expect(again('processed', at(-51))).toBe('stale');
    });

    it.each(['failed', 'quarantined'] as const)(
      'G2: puts an event back that is %s, as any redelivery does; at most once it is only noted',
      (state) => {
        // The message of the copy is the first one of a new event, though this one had been put back once.
        expect(newest[state].generation).toBe(1);
        expect(again(state, at(-49))).toBe('reopen');
        expect(again(state, at(-51))).toBe('stale');
        expect(again(state, at(-49), atMostOnce)).toBe('stale: late copy');
        expect(again(state, at(-51), atMostOnce)).toBe('stale');
        // It was never begun, so nothing can happen twice.
        expect(again(state, at(-49), atMostOnce, false)).toBe('reopen');
      },
    );
  });
});
