import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Lane } from '../../../functions/lane/lane.ts';
import { laneRules } from '../../../functions/lane/rules.ts';
import { longestWatchSeconds, shortestWatchSeconds } from '../../../functions/lane/watch.ts';
import {
  isAtRest,
  isFinal,
  parseEntry,
  type Entry,
  type EntryState,
} from '../../../functions/ledger/entry.ts';
import type { EventKey } from '../../../functions/ledger/keys.ts';
import { look, type Look, type Sight } from '../../../functions/sweeper/look.ts';

const now = new Date('2026-11-24T10:00:00.000Z');
const inMs = (ms: number) => new Date(now.getTime() + ms);
const visibilityTimeoutSeconds = 180;
const own: EventKey = 'acme#1';
const other: EventKey = 'acme#2';
const hold = laneRules({ onExhausted: 'hold', holdForSeconds: 900 });
const goesOn = laneRules({ onExhausted: 'continue' });

const message = { messageId: 'message-1', copy: 'copy-1' };
const ofState: Readonly<Record<EntryState, Record<string, unknown>>> = {
  processing: { ...message, leaseUntil: inMs(0), worker: 'processor/1' },
  retrying: { nextAt: inMs(0), error: { name: 'Error', message: 'no' } },
  waiting: { position: '1', reason: 'the turn is on another' },
  reopened: { by: 'redrive' },
  processed: { durationMs: 1 },
  ignored: { reason: 'no handler', durationMs: 1 },
  superseded: { reason: 'late', comparedTo: 'number 2' },
  failed: { cause: 'attempts-exhausted' },
  quarantined: message,
  discarded: { reason: 'given up' },
  resolved: { reason: 'done by hand' },
};
const states = Object.keys(ofState) as EntryState[];
const finals = states.filter(isFinal);
const resting = states.filter((state) => isAtRest(state) && !isFinal(state));
const moving = states.filter((state) => !isAtRest(state));

const entry = (state: EntryState, fields: Record<string, unknown> = {}): Entry =>
  parseEntry({
    number: 1,
    at: inMs(-3_600_000),
    actor: 'processor/1',
    generation: 0,
    replay: 0,
    attempt: 1,
    nonce: 'nonce-1',
    state,
    ...ofState[state],
    ...fields,
  });
const lane = (fields: Partial<Lane> = {}): Lane => ({ lane: 'acme#a', version: 'v', waiting: 1, ...fields });

/** An event without an entry, in a source that holds, whose watch is due; nothing of its lane is in the way. */
const sight = (fields: Partial<Sight> = {}, watch: Partial<Sight['watch']> = {}): Sight => ({
  watch: { key: own, lane: 'acme#a', dueAt: now, intervalSeconds: 600, entryNumber: 1, ...watch },
  exists: true,
  newest: undefined,
  lane: undefined,
  rules: hold,
  isParked: false,
  turnHolder: undefined,
  hasBacklog: false,
  isBehind: false,
  visibilityTimeoutSeconds,
  ...fields,
});
const parked = (fields: Partial<Sight> = {}) =>
  sight({ newest: entry('waiting'), isParked: true, ...fields });

function words(seen: Look): string {
  if (seen.kind === 'pass-turn') return `${seen.released ? 'release' : 'pass on'} the turn of ${seen.of}`;
  if (seen.kind !== 'again') return seen.kind;
  return `again in ${(seen.at.getTime() - now.getTime()) / 1000} s, interval ${seen.intervalSeconds}`;
}

describe('what the sweeper does about', () => {
  it.each<[string, Sight, string]>([
    ['an event that never was, or whose body is gone unseen', sight({ exists: false }), 'remove'],
    ['an event without an entry', sight(), 'send'],
    ['one in front of a backlog', sight({ hasBacklog: true }), 'again in 600 s, interval 600'],
    ['one behind another of its lane', sight({ isBehind: true }), 'again in 600 s, interval 600'],
    [
      'one whose body is gone, but not its entries',
      sight({ exists: false, newest: entry('reopened') }),
      'send',
    ],

    ['one that was put back', sight({ newest: entry('reopened') }), 'send'],
    ['one that was put back, behind another', sight({ newest: entry('reopened'), isBehind: true }), 'send'],
    [
      'one that was put back, in front of a backlog',
      sight({ newest: entry('reopened'), hasBacklog: true }),
      'again in 600 s, interval 600',
    ],
  ])('%s', (_, seen, expected) => {
    expect(words(look(seen, now))).toBe(expected);
  });

  describe.each([
    ['processing', 'leaseUntil'],
    ['retrying', 'nextAt'],
  ] as const)('one that is %s: somebody else may still move it on', (state, until) => {
    it.each<[string, number, Partial<Sight>, string]>([
      ['until its time has come', 1, {}, 'again in 180.001 s, interval 300'],
      ['until its message is visible again', -179_999, {}, 'again in 0.001 s, interval 300'],
      ['no longer', -180_000, {}, 'send'],
      ['no longer, but there is a backlog', -180_000, { hasBacklog: true }, 'again in 600 s, interval 600'],
      ['whatever else waits', -179_999, { hasBacklog: true }, 'again in 0.001 s, interval 300'],
      ['no longer, though another of its lane is not at rest', -180_000, { isBehind: true }, 'send'],
    ])('%s', (_, ms, fields, expected) => {
      const newest = entry(state, { [until]: inMs(ms) });

      expect(words(look(sight({ newest, ...fields }), now))).toBe(expected);
    });
  });

  it.each(moving)('one that has moved since and is %s: it is given the shortest time anew', (state) => {
    const newest = entry(state, { number: 2 });
    const seen = { newest, hasBacklog: true, lane: lane({ turn: other }), turnHolder: entry('processed') };

    expect(words(look(sight(seen, { entryNumber: 1 }), now))).toBe('again in 300 s, interval 300');
    expect(words(look(sight(seen, { entryNumber: 2 }), now))).not.toBe('again in 300 s, interval 300');
  });

  describe('one that waits in its lane:', () => {
    const gap = (ms: number) => lane({ deadline: inMs(ms) });
    const behind = (fields: Partial<Lane> = {}) => lane({ turn: other, ...fields });

    it.each<[string, Sight, string]>([
      ['its WAIT item is gone: it was let out', parked({ isParked: false, lane: behind() }), 'send'],
      ['its lane is gone', parked(), 'send'],
      ['the turn is its own', parked({ lane: lane({ turn: own }) }), 'send'],
      [
        'let out, in front of a backlog',
        parked({ isParked: false, hasBacklog: true }),
        'again in 600 s, interval 600',
      ],

      ['a gap that lasts', parked({ lane: gap(1) }), 'again in 0.001 s, interval 300'],
      ['a gap whose time is over', parked({ lane: gap(0) }), 'end-gap'],
      ['a gap that ends in front of a backlog', parked({ lane: gap(0), hasBacklog: true }), 'end-gap'],
      ["nobody's turn, and no end to it", parked({ lane: lane() }), 'end-gap'],

      ['behind one that is on its way', parked({ lane: behind() }), 'again in 1200 s, interval 1200'],
      [
        'behind one that runs',
        parked({ lane: behind(), turnHolder: entry('processing') }),
        'again in 1200 s, interval 1200',
      ],
      [
        'behind one that runs, in a lane whose deadline is over',
        parked({ lane: behind({ deadline: inMs(0) }), turnHolder: entry('processing') }),
        'again in 1200 s, interval 1200',
      ],
    ])('%s', (_, seen, expected) => {
      expect(words(look(seen, now))).toBe(expected);
    });

    it.each(finals)('behind one that is %s', (state) => {
      const seen = parked({ lane: behind(), turnHolder: entry(state), hasBacklog: true });

      expect(words(look(seen, now))).toBe('pass on the turn of holder');
    });

    it.each(resting)('behind one that is %s', (state) => {
      const turnHolder = entry(state);
      const waitsBehind = (fields: Partial<Lane>, rules = hold) =>
        words(look(parked({ lane: behind(fields), turnHolder, rules }), now));

      expect(waitsBehind({})).toBe('again in 1200 s, interval 1200');
      expect(waitsBehind({ deadline: inMs(1) })).toBe('again in 1200 s, interval 1200');
      expect(waitsBehind({ deadline: inMs(0) })).toBe('release the turn of holder');
      expect(waitsBehind({}, goesOn)).toBe('release the turn of holder');
    });

    it.each([
      [300, 600],
      [10_800, 21_600],
      [10_801, 21_600],
      [21_600, 21_600],
      [100, 300],
    ])('after %i s it is given %i s', (before, after) => {
      const seen = { ...parked({ lane: behind() }), watch: { ...sight().watch, intervalSeconds: before } };

      expect(words(look(seen, now))).toBe(`again in ${after} s, interval ${after}`);
    });
  });

  it.each(finals)('one that is %s: it is watched no more, and keeps no turn', (state) => {
    const seen = (turn?: EventKey) => words(look(sight({ newest: entry(state), lane: lane({ turn }) }), now));

    expect(words(look(sight({ newest: entry(state) }), now))).toBe('remove');
    expect(seen()).toBe('remove');
    expect(seen(other)).toBe('remove');
    expect(seen(own)).toBe('pass on the turn of this');
    expect(words(look(sight({ newest: entry(state, { number: 7 }), lane: lane({ turn: own }) }), now))).toBe(
      'pass on the turn of this',
    );
  });

  it.each(resting)('one that is %s: it keeps its turn as long as the source says', (state) => {
    const seen = (fields: Partial<Lane>, rules = hold) =>
      words(look(sight({ newest: entry(state, { number: 7 }), lane: lane(fields), rules }), now));

    expect(seen({ turn: other, deadline: inMs(0) })).toBe('remove');
    expect(seen({ turn: own })).toBe('remove');
    expect(seen({ turn: own, deadline: inMs(1) })).toBe('again in 0.001 s, interval 300');
    expect(seen({ turn: own, deadline: inMs(0) })).toBe('release the turn of this');
    expect(seen({ turn: own, deadline: inMs(1) }, goesOn)).toBe('release the turn of this');
  });
});

describe('whatever the sweeper sees,', () => {
  const aTime = fc.integer({ min: -100_000_000, max: 100_000_000 }).map(inMs);
  const aTurn = fc.constantFrom(undefined, own, other);
  const anEntry = fc
    .record({ state: fc.constantFrom(...states), until: aTime, number: fc.integer({ min: 1, max: 3 }) })
    .map(({ state, until, number }) => entry(state, { number, leaseUntil: until, nextAt: until }));
  const maybe = <T>(what: fc.Arbitrary<T>) => fc.option(what, { nil: undefined });
  const aLane = fc.record({ turn: aTurn, deadline: maybe(aTime) }).map((fields) => lane(fields));
  const aSight: fc.Arbitrary<Sight> = fc.record({
    watch: fc
      .record({
        intervalSeconds: fc.integer({ min: shortestWatchSeconds, max: longestWatchSeconds }),
        entryNumber: fc.integer({ min: 0, max: 3 }),
      })
      .map((fields) => ({ ...sight().watch, ...fields })),
    exists: fc.boolean(),
    newest: maybe(anEntry),
    lane: maybe(aLane),
    rules: fc.constantFrom(hold, goesOn),
    isParked: fc.boolean(),
    turnHolder: maybe(anEntry),
    hasBacklog: fc.boolean(),
    isBehind: fc.boolean(),
    visibilityTimeoutSeconds: fc.constantFrom(0, 30, 180),
  });
  const always = (holds: (seen: Look, sight: Sight) => void) =>
    fc.assert(
      fc.property(aSight, (from) => holds(look(from, now), from)),
      { numRuns: 3000 },
    );

  it('nothing is sent while there is a backlog', () => {
    always((seen, { hasBacklog }) => {
      if (hasBacklog) expect(seen.kind).not.toBe('send');
    });
  });

  it('nothing is sent for what is at rest, has moved, or stands behind another and has not begun', () => {
    always((seen, { newest, isBehind, watch }) => {
      if (seen.kind !== 'send') return;
      expect(newest === undefined ? isBehind : isAtRest(newest.state)).toBe(false);
      expect(newest?.number ?? 0).toBeLessThanOrEqual(newest === undefined ? 0 : watch.entryNumber);
    });
  });

  it('nothing is sent before lease or delay, and the visibility timeout, are over', () => {
    always((seen, { newest, visibilityTimeoutSeconds: seconds }) => {
      if (seen.kind !== 'send' || newest === undefined) return;
      if (newest.state === 'processing')
        expect(+newest.leaseUntil + seconds * 1000).toBeLessThanOrEqual(+now);
      if (newest.state === 'retrying') expect(+newest.nextAt + seconds * 1000).toBeLessThanOrEqual(+now);
    });
  });

  it('what is at rest without the turn is watched no more', () => {
    always((seen, { newest, lane: found }) => {
      if (newest && isAtRest(newest.state) && found?.turn !== own) expect(seen).toEqual({ kind: 'remove' });
    });
  });

  it('only what is at rest or gone is watched no more', () => {
    always((seen, { newest, exists }) => {
      if (seen.kind === 'remove') expect(newest ? isAtRest(newest.state) : !exists).toBe(true);
    });
  });

  it('the next look lies ahead, at most six hours unless a deadline, lease or delay asks for it', () => {
    always((seen, { newest, lane: found, visibilityTimeoutSeconds: seconds }) => {
      if (seen.kind !== 'again') return;
      expect(seen.intervalSeconds).toBeGreaterThanOrEqual(shortestWatchSeconds);
      expect(seen.intervalSeconds).toBeLessThanOrEqual(longestWatchSeconds);
      expect(+seen.at).toBeGreaterThan(+now);
      const asked = [
        found?.deadline,
        newest?.state === 'processing' && inMs(+newest.leaseUntil - +now + seconds * 1000),
        newest?.state === 'retrying' && inMs(+newest.nextAt - +now + seconds * 1000),
      ].map(Number);
      if (!asked.includes(+seen.at)) expect(+seen.at).toBeLessThanOrEqual(+inMs(longestWatchSeconds * 1000));
    });
  });

  it('a turn is passed on only by who has it: what is final, or is at rest and held no longer', () => {
    always((seen, { newest, turnHolder, lane: found, rules }) => {
      if (seen.kind !== 'pass-turn') return;
      const holder = seen.of === 'this' ? newest : turnHolder;
      expect(found?.turn).toBe(seen.of === 'this' ? own : other);
      expect(holder && (seen.released ? resting : finals)).toContain(holder?.state);
      if (seen.released && rules.onExhausted === 'hold') expect(+found!.deadline!).toBeLessThanOrEqual(+now);
    });
  });

  it("a gap ends only for what waits in a lane whose turn is nobody's, and not before its time", () => {
    always((seen, { newest, lane: found, isParked }) => {
      if (seen.kind !== 'end-gap') return;
      expect([newest?.state, isParked, found?.turn]).toEqual(['waiting', true, undefined]);
      expect(+(found?.deadline ?? 0)).toBeLessThanOrEqual(+now);
    });
  });
});
