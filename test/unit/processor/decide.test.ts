import { describe, expect, it } from 'vitest';
import type { Entry } from '../../../functions/ledger/entry.ts';
import type { StoredEvent } from '../../../functions/ledger/event.ts';
import { decide, type AttemptRules, type Decision } from '../../../functions/processor/decide.ts';

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

const common = { number: 2, at: at(-50), actor: 'p', generation: 0, replay: 0, attempt: 2, nonce: 'n' };
const own = { messageId: 'm-own', copy: 'c-own' };
const error = { name: 'Error', message: 'no' };
const processing = (leaseInSeconds: number, attempt = 2): Entry => ({
  ...common,
  ...own,
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
  waiting: { ...common, state: 'waiting', position: '1', reason: 'turn' },
  reopened: { ...common, state: 'reopened', by: 'redelivery', generation: 1, attempt: 0 },
  failed: { ...common, ...own, state: 'failed', cause: 'permanent-error' },
  'failed by a gap': { ...common, state: 'failed', cause: 'gap' },
  quarantined: { ...common, ...own, state: 'quarantined' },
  processed: { ...common, state: 'processed', durationMs: 1 },
  ignored: { ...common, state: 'ignored', reason: 'r', durationMs: 1 },
  superseded: { ...common, state: 'superseded', reason: 'late', comparedTo: 'number 2' },
  discarded: { ...common, state: 'discarded', reason: 'r' },
  resolved: { ...common, state: 'resolved', reason: 'r' },
} satisfies Record<string, Entry | undefined>;
type Newest = keyof typeof newest;

const messages = {
  'own message': { ...own, generation: 1 },
  'moved back': { ...own, generation: 1, messageId: 'm-new' },
  'other copy': { messageId: 'm-other', copy: 'c-other', generation: 1 },
};
const onceOrMore: AttemptRules = { execution: 'at-least-once', attempts: 5 };

/** A decision in a few words, its attempt included. */
function words(decision: Decision): string {
  switch (decision.kind) {
    case 'run':
      return `run ${decision.attempt}${decision.redriven ? ' redriven' : ''}`;
    case 'later':
      return `later: ${decision.because}`;
    case 'fail':
      return `fail: ${decision.cause}`;
    case 'final':
    case 'pass-on':
    case 'spare':
    case 'quarantine':
      return decision.kind;
  }
}

const decided = (
  state: Newest,
  body: keyof typeof bodies = 'body',
  message: keyof typeof messages = 'own message',
  rules = onceOrMore,
) => {
  const entry = newest[state];
  return words(decide({ event: bodies[body], entries: entry ? [entry] : [] }, messages[message], rules, now));
};

const finals: Newest[] = ['processed', 'ignored', 'superseded', 'discarded', 'resolved'];
const any = { body: Object.keys(bodies), message: Object.keys(messages) } as {
  body: (keyof typeof bodies)[];
  message: (keyof typeof messages)[];
};

describe('decide', () => {
  it.each<[Newest, string, string, string]>([
    //                                        with a body      body expired          no body
    ['pending', 'run 1', 'fail: body-expired', 'fail: body-expired'],
    ['processing, leased', 'later: lease', 'later: lease', 'later: lease'],
    ['processing, lease over', 'run 3', 'fail: body-expired', 'fail: body-expired'],
    [
      'processing, lease over, last attempt',
      'fail: lease-expired',
      'fail: lease-expired',
      'fail: lease-expired',
    ],
    ['retrying, early', 'later: delay', 'later: delay', 'later: delay'],
    ['retrying, due', 'run 3', 'fail: body-expired', 'fail: body-expired'],
    ['waiting', 'run 3', 'fail: body-expired', 'fail: body-expired'],
    ['reopened', 'run 1', 'fail: body-expired', 'fail: body-expired'],
  ])('%s: whatever the copy, %s; once its body is gone, %s', (state, withBody, expired, none) => {
    for (const message of any.message) {
      expect(decided(state, 'body', message)).toBe(withBody);
      expect(decided(state, 'expired body', message)).toBe(expired);
      expect(decided(state, 'no body', message)).toBe(none);
    }
  });

  it.each<[Newest, string, string, string]>([
    //                  own message  moved back        other copy
    ['failed', 'pass-on', 'run 1 redriven', 'spare'],
    ['quarantined', 'pass-on', 'run 1 redriven', 'spare'],
    ['failed by a gap', 'spare', 'spare', 'spare'],
  ])('%s: its own message %s, moved back %s, another copy %s', (state, ownMessage, movedBack, other) => {
    for (const rules of [onceOrMore, { ...onceOrMore, execution: 'at-most-once' as const }]) {
      expect(decided(state, 'body', 'own message', rules)).toBe(ownMessage);
      expect(decided(state, 'body', 'moved back', rules)).toBe(movedBack);
      expect(decided(state, 'body', 'other copy', rules)).toBe(other);
    }
  });

  it.each<[Newest]>([['failed'], ['quarantined']])('%s: a redrive without a body runs nothing', (state) => {
    for (const body of ['expired body', 'no body'] as const) {
      expect(decided(state, body, 'moved back')).toBe('pass-on');
      expect(decided(state, body, 'own message')).toBe('pass-on');
      expect(decided(state, body, 'other copy')).toBe('spare');
    }
  });

  it('takes no message that an earlier entry names for one that was moved back', () => {
    const first = { ...newest['processing, lease over'], number: 1, messageId: 'm-first' };
    const last: Entry = { ...newest.failed, messageId: 'm-second' };
    const record = { event: bodies.body, entries: [first, last] };

    const frozen = decide(record, { messageId: 'm-first', copy: 'c-own', generation: 0 }, onceOrMore, now);
    const moved = decide(record, { messageId: 'm-third', copy: 'c-own', generation: 0 }, onceOrMore, now);

    expect(words(frozen)).toBe('pass-on');
    expect(words(moved)).toBe('run 1 redriven');
  });

  it('G3: leaves an event that was put back to its own message, which stands in its place', () => {
    const record = { event: bodies.body, entries: [newest.failed, { ...newest.reopened, number: 3 }] };
    const old = { messageId: 'm-own', copy: 'c-own', generation: 0 };

    const late = decide(record, old, onceOrMore, now);
    const own = decide(record, { messageId: 'm-new', copy: 'c-new', generation: 1 }, onceOrMore, now);

    expect(words(late)).toBe('spare');
    expect(words(own)).toBe('run 1');
  });

  it.each(finals.map((state) => [state]))('%s: is final, whatever comes', (state) => {
    for (const body of any.body) {
      for (const message of any.message) expect(decided(state, body, message)).toBe('final');
    }
  });

  it('G5: quarantines at most once what would run again after its lease, with a body or without', () => {
    const rules: AttemptRules = { execution: 'at-most-once', attempts: 5 };

    for (const body of any.body) {
      for (const message of any.message) {
        expect(decided('processing, lease over', body, message, rules)).toBe('quarantine');
        expect(decided('processing, leased', body, message, rules)).toBe('later: lease');
      }
    }
    expect(decided('pending', 'body', 'own message', rules)).toBe('run 1');
    expect(decided('reopened', 'body', 'own message', rules)).toBe('run 1');
  });

  it('comes back exactly when lease or delay are over', () => {
    const record = (entry: Entry) => ({ event: bodies.body, entries: [entry] });

    const lease = decide(record(newest['processing, leased']), messages['own message'], onceOrMore, now);
    const delay = decide(record(newest['retrying, early']), messages['own message'], onceOrMore, now);

    expect([lease, delay]).toMatchObject([{ at: at(0.001) }, { at: at(0.001) }]);
  });

  it('calls a body that came after its own first entry a late copy', () => {
    const record = (acceptedAt: Date) => ({
      event: { ...event(1), acceptedAt },
      entries: [newest.processed],
    });

    const late = decide(record(at(-49)), messages['own message'], onceOrMore, now);
    const normal = decide(record(at(-51)), messages['own message'], onceOrMore, now);

    expect([late, normal]).toMatchObject([{ lateCopy: true }, { lateCopy: false }]);
  });
});
