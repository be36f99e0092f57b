import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eventKey } from '../../../functions/ledger/keys.ts';
import {
  isAtRest,
  isFinal,
  needsRepair,
  parseEntry,
  type Entry,
  type EntryState,
} from '../../../functions/ledger/entry.ts';
import {
  decideRecovery,
  checkAgainAt,
  sentUntil,
  type Observed,
  type Recovery,
} from '../../../functions/sweeper/decide-recovery.ts';

const now = new Date('2026-11-24T10:00:00.000Z');
const inMs = (ms: number) => new Date(now.getTime() + ms);
const hourMs = 3_600_000;
const visibilityTimeoutSeconds = 40;

const ofState: Readonly<Record<EntryState, Record<string, unknown>>> = {
  processing: { leaseUntil: inMs(0), worker: 'processor/1' },
  retrying: { nextAt: inMs(0), error: { name: 'Error', message: 'no' } },
  waiting: { position: '1', reason: 'the turn is on another' },
  reopened: { by: 'redrive' },
  processed: { durationMs: 1 },
  ignored: { reason: 'no handler', durationMs: 1 },
  superseded: { reason: 'late', comparedTo: 'number 2' },
  failed: { cause: 'attempts-exhausted' },
  quarantined: {},
  discarded: { reason: 'given up' },
  resolved: { reason: 'done by hand' },
};
const states = Object.keys(ofState) as EntryState[];

const entry = (state: EntryState, fields: Record<string, unknown> = {}): Entry =>
  parseEntry({
    ...{
      number: 1,
      at: inMs(-hourMs),
      actor: 'processor/1',
      generation: 0,
      replay: 0,
      attempt: 1,
      nonce: 'n',
    },
    ...{ state, ...ofState[state], ...fields },
  });

/** An event without an entry, accepted an hour ago; nothing is in its way. */
const observed = (fields: Partial<Observed> = {}): Observed => ({
  newest: undefined,
  since: inMs(-hourMs),
  lane: undefined,
  rules: { onExhausted: 'hold' },
  visibilityTimeoutSeconds,
  standsInLine: false,
  sentUntil: undefined,
  ...fields,
});

function words(recovery: Recovery): string {
  if (recovery.kind === 'pass-turn') return recovery.released ? 'release' : 'pass on';
  if (recovery.kind === 'send') return 'send';
  return recovery.at
    ? `later, in ${(recovery.at.getTime() - now.getTime()) / 1000} s`
    : 'later, when repaired';
}

describe('what the sweeper does about an event', () => {
  it.each<[string, Observed, string]>([
    ['that never began', observed(), 'send'],
    ['that is new', observed({ since: inMs(-119_999) }), 'later, in 0.001 s'],
    ['that is no longer new', observed({ since: inMs(-120_000) }), 'send'],
    ['that stands in a line', observed({ standsInLine: true }), 'later, in 900 s'],
    [
      'that is new and stands in a line',
      observed({ standsInLine: true, since: inMs(-60_000) }),
      'later, in 60 s',
    ],
    ['that was sent', observed({ sentUntil: inMs(1) }), 'later, in 900 s'],
    ['that was sent long ago', observed({ sentUntil: inMs(0) }), 'send'],

    [
      'that was put back just now',
      observed({ newest: entry('reopened', { at: inMs(-179_999) }) }),
      'later, in 0.001 s',
    ],
    ['that was put back', observed({ newest: entry('reopened', { at: inMs(-180_000) }) }), 'send'],
    ['that was put back, in a line', observed({ newest: entry('reopened'), standsInLine: true }), 'send'],
    [
      'that was put back and sent',
      observed({ newest: entry('reopened'), sentUntil: inMs(1) }),
      'later, in 900 s',
    ],

    [
      'whose lease lasts',
      observed({ newest: entry('processing', { leaseUntil: inMs(1) }) }),
      'later, in 40.001 s',
    ],
    [
      'whose message may come back',
      observed({ newest: entry('processing', { leaseUntil: inMs(-39_999) }) }),
      'later, in 0.001 s',
    ],
    ['whose lease is over', observed({ newest: entry('processing', { leaseUntil: inMs(-40_000) }) }), 'send'],
    ['whose retry is due in the queue', observed({ newest: entry('retrying') }), 'later, in 40 s'],
    ['whose retry did not come', observed({ newest: entry('retrying', { nextAt: inMs(-40_000) }) }), 'send'],
    [
      'whose retry is far off',
      observed({ newest: entry('retrying', { parked: true, nextAt: inMs(1) }) }),
      'later, in 0.001 s',
    ],
    ['whose retry has come', observed({ newest: entry('retrying', { parked: true }) }), 'send'],
    ['that was handed the turn', observed({ newest: entry('waiting') }), 'send'],
    [
      'that was handed the turn and sent',
      observed({ newest: entry('waiting'), sentUntil: inMs(1) }),
      'later, in 900 s',
    ],

    ['that failed, and is held', observed({ newest: entry('failed') }), 'later, when repaired'],
    [
      'that failed, and is held for a while',
      observed({ newest: entry('failed'), lane: { holdUntil: inMs(1) } }),
      'later, in 0.001 s',
    ],
    ['whose hold is over', observed({ newest: entry('failed'), lane: { holdUntil: inMs(0) } }), 'release'],
    [
      'that failed, where lanes go on',
      observed({ newest: entry('failed'), rules: { onExhausted: 'continue' } }),
      'release',
    ],
  ])('%s', (_, seen, expected) => {
    expect(words(decideRecovery(seen, now))).toBe(expected);
  });

  it.each(states.filter(isFinal))('that is %s: passes its turn on', (state) => {
    expect(
      words(decideRecovery(observed({ newest: entry(state), sentUntil: inMs(1), standsInLine: true }), now)),
    ).toBe('pass on');
  });
});

const dates = fc.integer({ min: -10 * hourMs, max: 10 * hourMs }).map(inMs);
const perhaps = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const observations: fc.Arbitrary<Observed> = fc
  .record({
    state: perhaps(fc.constantFrom(...states)),
    time: dates,
    since: dates,
    holdUntil: perhaps(dates),
    onExhausted: fc.constantFrom('hold' as const, 'continue' as const),
    standsInLine: fc.boolean(),
    sentUntil: perhaps(dates),
    parked: fc.boolean(),
  })
  .map(({ state, time, since, holdUntil, onExhausted, standsInLine, sentUntil: sent, parked }) =>
    observed({
      newest: state && entry(state, { at: time, leaseUntil: time, nextAt: time, parked }),
      since,
      lane: { holdUntil },
      rules: { onExhausted },
      standsInLine,
      sentUntil: sent,
    }),
  );

describe('whatever the sweeper sees', () => {
  it('it passes a turn on only from an event at rest, and always from a final one', () => {
    fc.assert(
      fc.property(observations, (seen) => {
        const { kind } = decideRecovery(seen, now);
        const state = seen.newest?.state ?? 'pending';
        if (kind === 'pass-turn') expect(isAtRest(state)).toBe(true);
        if (isFinal(state)) expect(kind).toBe('pass-turn');
        if (isAtRest(state)) expect(kind).not.toBe('send');
      }),
    );
  });

  it('it looks again later than now, and within an hour unless something else has to come first', () => {
    fc.assert(
      fc.property(observations, (seen) => {
        const recovery = decideRecovery(seen, now);
        if (recovery.kind !== 'later') return;
        if (recovery.at === undefined) expect(needsRepair(seen.newest?.state ?? 'pending')).toBe(true);
        else expect(recovery.at.getTime()).toBeGreaterThan(now.getTime());
      }),
    );
  });

  it('it sends nothing that was sent, or that somebody may still move on', () => {
    fc.assert(
      fc.property(observations, (seen) => {
        if (decideRecovery(seen, now).kind !== 'send') return;
        const { newest } = seen;
        expect(seen.sentUntil === undefined || seen.sentUntil <= now).toBe(true);
        if (newest === undefined) expect(seen.standsInLine).toBe(false);
        if (newest?.state === 'processing') expect(newest.leaseUntil < now).toBe(true);
        if (newest?.state === 'retrying') expect(newest.nextAt <= now).toBe(true);
      }),
    );
  });

  it('it sends in the end what neither rests nor is begun: ten hours later at the latest', () => {
    fc.assert(
      fc.property(observations, (seen) => {
        if (isAtRest(seen.newest?.state ?? 'pending')) return;
        const late = inMs(21 * hourMs);
        expect(decideRecovery({ ...seen, standsInLine: false }, late).kind).toBe('send');
      }),
    );
  });
});

describe('looking again', () => {
  it.each([
    [0, 300],
    [20 * 60, 300],
    [24 * 60, 360],
    [3600, 900],
    [4 * 3600, 3600],
    [400 * 3600, 3600],
  ])('%i s after it began to stand there comes after %i s', (agedSeconds, expected) => {
    expect(checkAgainAt(inMs(-agedSeconds * 1000), now)).toEqual(inMs(expected * 1000));
  });

  it('comes between five minutes and an hour later, and never sooner for what stands longer', () => {
    fc.assert(
      fc.property(dates, dates, (a, b) => {
        const [older, younger] = a < b ? [a, b] : [b, a];
        const [late, early] = [checkAgainAt(older, now).getTime(), checkAgainAt(younger, now).getTime()];
        expect(late).toBeGreaterThanOrEqual(early);
        expect(early).toBeGreaterThanOrEqual(inMs(300_000).getTime());
        expect(late).toBeLessThanOrEqual(inMs(hourMs).getTime());
      }),
    );
  });
});

describe('what was sent is not sent again', () => {
  const sent = (times: number) => ({ entry: 2, upTo: inMs(-hourMs), at: now, times });
  const key = eventKey('acme', 'evt-1');
  const event = { key, entry: 2, acceptedAt: inMs(-hourMs) };

  it.each([
    [1, 1],
    [2, 2],
    [3, 4],
    [4, 6],
    [5, 6],
    [50, 6],
  ])('after %i times: for %i hours', (times, hours) => {
    expect(sentUntil(sent(times), event)).toEqual(inMs(hours * hourMs));
  });

  it.each([
    ['nothing was sent', undefined, event],
    ['it has moved since', sent(1), { ...event, entry: 3 }],
    ['it came after what was sent', sent(1), { ...event, acceptedAt: inMs(-hourMs + 1) }],
    ['it is another one of its millisecond', { ...sent(1), only: eventKey('acme', 'evt-2') }, event],
    ['it is another one, which came before', sent(1), { ...event, acceptedAt: inMs(-hourMs - 1) }],
  ])('unless %s', (_, what, about) => {
    expect(sentUntil(what, about)).toBeUndefined();
  });

  it('among those that had not begun, with all that came before the last of them', () => {
    const many = { ...sent(1), entry: 0 };

    expect(sentUntil(many, { key, entry: 0, acceptedAt: inMs(-hourMs - 1) })).toEqual(inMs(hourMs));
  });
});
