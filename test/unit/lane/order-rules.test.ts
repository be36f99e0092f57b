import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { admit, type Admission } from '../../../functions/lane/order-rules.ts';
import { remember } from '../../../functions/lane/remember.ts';
import type { OrderFacts, LaneState } from '../../../functions/lane/lane.ts';
import { laneRules, type LaneRules } from '../../../functions/lane/lane-options.ts';

const rulesOf = (
  order?: Parameters<typeof laneRules>[0]['order'],
  onExhausted: LaneRules['onExhausted'] = 'hold',
) => laneRules({ onExhausted, order });
const noRules = rulesOf();
const sequence = rulesOf({ sequence: 'n' });
const firstSeen = rulesOf({ sequence: 'n', start: 'first-seen' });
const version = rulesOf({ version: 'v' });
const after = rulesOf({ after: { paid: ['created', 'checked'] } });

const event = (fields: Partial<OrderFacts> = {}): OrderFacts => ({
  key: 'acme#1',
  type: 'step',
  started: false,
  replayed: false,
  ...fields,
});
/** Its handler has asked to wait, at the lane's tick 2. */
const asking = (...needs: string[]) => event({ started: true, tick: 2, needs });
const words = (admission: Admission) => {
  if (admission.kind === 'wait')
    return admission.reason.startsWith('the turn is on') ? 'wait: turn' : 'wait: gap';
  return admission.kind === 'superseded' ? admission.reason : admission.kind;
};
type Lane = Parameters<typeof admit>[1];

describe('admit', () => {
  it.each<[string, OrderFacts, Lane, LaneRules, string]>([
    ['an open lane', event(), undefined, noRules, 'run'],
    ["a lane whose turn is nobody's", event(), {}, noRules, 'run'],
    ['its own turn', event(), { turn: 'acme#1' }, noRules, 'run'],
    ["another's turn", event(), { turn: 'acme#2' }, noRules, 'wait: turn'],
    [
      "another's turn, though it is due",
      event({ sequence: 5 }),
      { turn: 'acme#2', next: 5 },
      sequence,
      'wait: turn',
    ],
    [
      "another's turn, though it is late",
      event({ sequence: 4 }),
      { turn: 'acme#2', next: 5 },
      sequence,
      'wait: turn',
    ],

    ['number 1 first', event({ sequence: 1 }), undefined, sequence, 'run'],
    ['number 2 first', event({ sequence: 2 }), undefined, sequence, 'wait: gap'],
    ['number 2 first where that is allowed', event({ sequence: 2 }), undefined, firstSeen, 'run'],
    ['the next number', event({ sequence: 5 }), { next: 5 }, sequence, 'run'],
    ['a later number', event({ sequence: 6 }), { next: 5 }, sequence, 'wait: gap'],
    ['an earlier number', event({ sequence: 4 }), { next: 5 }, sequence, 'late'],
    [
      'an earlier number that began in its place',
      event({ sequence: 4, started: true }),
      { next: 5 },
      sequence,
      'run',
    ],
    [
      'an earlier number that is replayed',
      event({ sequence: 4, replayed: true }),
      { next: 5 },
      sequence,
      'run',
    ],
    ['no number', event(), { next: 5 }, sequence, 'run'],
    [
      'a later number that has the turn: its gap ended',
      event({ sequence: 9 }),
      { turn: 'acme#1', next: 9 },
      sequence,
      'run',
    ],
    [
      'an earlier number that was handed the turn',
      event({ sequence: 4 }),
      { turn: 'acme#1', next: 5 },
      sequence,
      'late',
    ],
    ['a number without the rule', event({ sequence: 9 }), { next: 5 }, noRules, 'run'],

    ['a first version', event({ version: '1' }), {}, version, 'run'],
    ['a newer version', event({ version: '10' }), { latest: '9' }, version, 'run'],
    ['an equal version', event({ version: '9' }), { latest: '9' }, version, 'run'],
    ['an older version', event({ version: '9' }), { latest: '10' }, version, 'stale'],
    [
      'an older version that began before',
      event({ version: '9', started: true }),
      { latest: '10' },
      version,
      'stale',
    ],
    [
      'an older version that has the turn',
      event({ version: '9' }),
      { turn: 'acme#1', latest: '10' },
      version,
      'stale',
    ],
    [
      'an older version that is replayed',
      event({ version: '9', replayed: true }),
      { latest: '10' },
      version,
      'run',
    ],
    ['no version', event(), { latest: '10' }, version, 'run'],
    ['an older version without the rule', event({ version: '9' }), { latest: '10' }, noRules, 'run'],

    ['a type that needs nothing', event({ type: 'created' }), undefined, after, 'run'],
    ['a type that needs two, none there', event({ type: 'paid' }), undefined, after, 'wait: gap'],
    ['a type that needs two, one there', event({ type: 'paid' }), { done: ['created'] }, after, 'wait: gap'],
    [
      'a type that needs two, both there',
      event({ type: 'paid' }),
      { done: ['checked', 'created'] },
      after,
      'run',
    ],
    ['a type that needs two and began before', event({ type: 'paid', started: true }), {}, after, 'run'],
    [
      'a type that needs two and has the turn: its gap ended',
      event({ type: 'paid' }),
      { turn: 'acme#1' },
      after,
      'run',
    ],
    [
      'a type that needs two, both given up since it parked',
      event({ type: 'paid', tick: 2 }),
      { wanted: { created: 3, checked: 3 } },
      after,
      'run',
    ],
    [
      'a type that needs two, given up before it parked',
      event({ type: 'paid', tick: 3 }),
      { wanted: { created: 3, checked: 3 } },
      after,
      'wait: gap',
    ],
    [
      'a type that needs two, given up before it came',
      event({ type: 'paid' }),
      { wanted: { created: 3, checked: 3 } },
      after,
      'wait: gap',
    ],

    [
      'what its handler waits for, not there',
      asking('created'),
      { wanted: { created: 0 } },
      noRules,
      'wait: gap',
    ],
    [
      'what its handler waits for, there since it parked',
      asking('created'),
      { wanted: { created: 3 } },
      noRules,
      'run',
    ],
    [
      'what its handler waits for, there before it parked',
      asking('created'),
      { wanted: { created: 2 } },
      noRules,
      'wait: gap',
    ],
    [
      'one of the types that its handler waits for',
      asking('created', 'checked'),
      { wanted: { created: 0, checked: 4 } },
      noRules,
      'run',
    ],
    [
      'what its handler waits for, done before: it looked, and waits all the same',
      asking('created'),
      { done: ['created'], wanted: { created: 0 } },
      after,
      'wait: gap',
    ],
    ['its time over, and the turn its own', asking('created'), { turn: 'acme#1' }, noRules, 'run'],
    [
      "what its handler waits for, there, and another's turn",
      asking('created'),
      { turn: 'acme#2', wanted: { created: 3 } },
      noRules,
      'wait: turn',
    ],
  ])('%s', (_, candidate, lane, rules, admission) => {
    expect(words(admit(candidate, lane, rules))).toBe(admission);
  });

  it.each(['constructor', '__proto__', 'toString', 'hasOwnProperty'])(
    'takes the type %s for a type like any other',
    (type) => {
      const waits = admit(asking(type), { wanted: { created: 9 } }, after);

      expect(words(admit(event({ type }), { wanted: { created: 9 } }, after))).toBe('run');
      expect(words(waits)).toBe('wait: gap');
    },
  );

  it('says what a wait is for', () => {
    const byTurn = admit(event(), { turn: 'acme#2' }, noRules);
    const byNumber = admit(event({ sequence: 7 }), { next: 5 }, sequence);
    const byType = admit(event({ type: 'paid' }), { done: ['created'] }, after);

    expect([byTurn, byNumber, byType]).toMatchObject([
      { reason: 'the turn is on acme#2' },
      { reason: 'number 5 has not been seen' },
      { reason: 'waits for checked' },
    ]);
  });

  const anyEvent = fc.record({
    key: fc.constantFrom<OrderFacts['key']>('acme#1', 'acme#2', 'acme#3'),
    type: fc.constantFrom('paid', 'created', 'checked', 'step'),
    sequence: fc.option(fc.nat(6), { nil: undefined }),
    version: fc.option(fc.nat(20).map(String), { nil: undefined }),
    started: fc.boolean(),
    replayed: fc.boolean(),
    tick: fc.nat(3),
    needs: fc.option(fc.subarray(['created', 'checked'], { minLength: 1 }), { nil: undefined }),
  });
  const anyLane = fc.record({
    turn: fc.option(fc.constantFrom<OrderFacts['key']>('acme#1', 'acme#2', 'acme#3'), { nil: undefined }),
    next: fc.option(fc.nat(6), { nil: undefined }),
    latest: fc.option(fc.nat(20).map(String), { nil: undefined }),
    done: fc.option(fc.subarray(['created', 'checked']), { nil: undefined }),
  });
  const anyRules = fc
    .record({
      sequence: fc.option(fc.constant('n'), { nil: undefined }),
      start: fc.constantFrom<1 | 'first-seen'>(1, 'first-seen'),
      version: fc.option(fc.constant('v'), { nil: undefined }),
      after: fc.constantFrom({}, { paid: ['created', 'checked'] }),
    })
    .map((order) => rulesOf(order));

  it('G3: lets nobody run while another has the turn, whatever the rules', () => {
    fc.assert(
      fc.property(anyEvent, anyLane, anyRules, (candidate, lane, rules) => {
        fc.pre(lane.turn !== undefined && lane.turn !== candidate.key);

        expect(words(admit(candidate, lane, rules))).toBe('wait: turn');
      }),
    );
  });

  it('G8: never makes the event wait that has the turn', () => {
    fc.assert(
      fc.property(anyEvent, anyLane, anyRules, (candidate, lane, rules) => {
        const admission = admit(candidate, { ...lane, turn: candidate.key }, rules);

        expect(admission.kind).not.toBe('wait');
      }),
    );
  });

  it('lets everything run in a lane without rules and turn', () => {
    fc.assert(
      fc.property(anyEvent, anyLane, (candidate, lane) => {
        const asksForNothing = { ...candidate, needs: undefined };

        expect(admit(asksForNothing, { ...lane, turn: undefined }, noRules).kind).toBe('run');
      }),
    );
  });

  it('never supersedes a replay: it was asked for by hand', () => {
    fc.assert(
      fc.property(anyEvent, anyLane, anyRules, (candidate, lane, rules) => {
        expect(admit({ ...candidate, replayed: true }, lane, rules).kind).not.toBe('superseded');
      }),
    );
  });
});

describe('remember', () => {
  const lane = (fields: Partial<LaneState> = {}): LaneState => ({ lane: 'acme#c', waiting: 0, ...fields });
  const goesOn = rulesOf({ sequence: 'n' }, 'continue');

  it.each<
    [string, Partial<LaneState>, OrderFacts, Parameters<typeof remember>[2], LaneRules, number | undefined]
  >([
    ['processed: the one after it', { next: 5 }, event({ sequence: 5 }), 'processed', sequence, 6],
    ['ignored: the one after it', { next: 5 }, event({ sequence: 5 }), 'ignored', sequence, 6],
    ['late: what it was', { next: 5 }, event({ sequence: 2 }), 'superseded', sequence, 5],
    ['the first of all: the one after it', {}, event({ sequence: 1 }), 'processed', sequence, 2],
    ['the first seen: the one after it', {}, event({ sequence: 7 }), 'processed', firstSeen, 8],
    ['failed under hold: what it was', { next: 5 }, event({ sequence: 5 }), 'failed', sequence, 5],
    ['failed under continue: the one after it', { next: 5 }, event({ sequence: 5 }), 'failed', goesOn, 6],
    [
      'quarantined under continue: the one after it',
      { next: 5 },
      event({ sequence: 5 }),
      'quarantined',
      goesOn,
      6,
    ],
    [
      'discarded in its place: the one after it',
      { next: 5 },
      event({ sequence: 5 }),
      'discarded',
      sequence,
      6,
    ],
    ['discarded while it waited: what it was', { next: 5 }, event({ sequence: 9 }), 'discarded', sequence, 5],
    [
      'discarded before anything was seen: nothing',
      {},
      event({ sequence: 9 }),
      'discarded',
      sequence,
      undefined,
    ],
    ['retrying: what it was', { next: 5 }, event({ sequence: 5 }), 'retrying', sequence, 5],
    ['without a number: what it was', { next: 5 }, event(), 'processed', sequence, 5],
    ['without the rule: nothing', {}, event({ sequence: 5 }), 'processed', noRules, undefined],
  ])('%s is the next number', (_, before, candidate, state, rules, next) => {
    expect(remember(lane(before), candidate, state, rules).next).toBe(next);
  });

  it.each([
    ['processed, newer', '9', '10', 'processed', '10'],
    ['processed, older', '10', '9', 'processed', '10'],
    ['processed, the first', undefined, '9', 'processed', '9'],
    ['ignored', '9', '10', 'ignored', '9'],
    ['failed', '9', '10', 'failed', '9'],
    ['superseded', '10', '9', 'superseded', '10'],
  ] as const)('%s: keeps the version of the newest processed one', (_, latest, own, state, kept) => {
    const before = lane(latest === undefined ? {} : { latest });

    expect(remember(before, event({ version: own }), state, version).latest).toBe(kept);
  });

  it.each([
    ['processed', ['created']],
    ['ignored', ['created']],
    ['superseded', ['created']],
    ['discarded', ['created']],
    ['resolved', ['created']],
    ['failed', undefined],
    ['quarantined', undefined],
    ['retrying', undefined],
  ] as const)('%s: counts as done only where it is final', (state, done) => {
    expect(remember(lane(), event({ type: 'created' }), state, after).done).toEqual(done);
  });

  it('remembers a type once, and none that nobody needs', () => {
    const twice = remember(lane({ done: ['created'] }), event({ type: 'created' }), 'processed', after);
    const needless = remember(lane({ done: ['created'] }), event({ type: 'step' }), 'processed', after);

    expect([twice.done, needless.done]).toEqual([['created'], ['created']]);
  });

  it.each([
    ['processed', { created: 3, checked: 0 }, 3],
    ['ignored', { created: 3, checked: 0 }, 3],
    ['discarded', { created: 3, checked: 0 }, 3],
    ['failed', { created: 0, checked: 0 }, 2],
    ['quarantined', { created: 0, checked: 0 }, 2],
  ] as const)('%s: lets those go on who wait for it, and nobody else', (state, wanted, tick) => {
    const before = lane({ wanted: { created: 0, checked: 0 }, tick: 2 });

    const known = remember(before, event({ type: 'created' }), state, noRules);

    expect(known).toMatchObject({ wanted, tick });
  });

  it('counts nothing where nobody waits for the type', () => {
    const before = lane({ wanted: { created: 1 }, tick: 2 });

    const known = remember(before, event({ type: 'constructor' }), 'processed', noRules);

    expect(known).toMatchObject({ wanted: { created: 1 }, tick: 2 });
  });

  it('G3: never lets the next number or the version go back', () => {
    const states = fc.constantFrom(
      'processed',
      'ignored',
      'superseded',
      'discarded',
      'resolved',
      'failed',
      'retrying',
    );
    fc.assert(
      fc.property(
        fc.nat(9),
        fc.nat(9),
        states,
        fc.constantFrom(sequence, goesOn, firstSeen),
        (next, n, state, rules) => {
          const after = remember(lane({ next }), event({ sequence: n }), state, rules);

          expect(after.next).toBeGreaterThanOrEqual(next);
        },
      ),
    );
  });
});

/** A lane as its store and its queue drive it: one event after the other comes, waits or runs, and hands over when it is done. */
function play(events: readonly OrderFacts[], rules: LaneRules) {
  let lane: LaneState = { lane: 'acme#c', waiting: 0 };
  const waiting: OrderFacts[] = [];
  const ran: OrderFacts[] = [];
  const superseded: OrderFacts[] = [];
  const settle = (candidate: OrderFacts, state: 'processed' | 'superseded') => {
    (state === 'processed' ? ran : superseded).push(candidate);
    lane = { ...lane, ...remember(lane, candidate, state, rules), turn: undefined };
    const next = waiting
      .toSorted((a, b) => (a.sequence ?? 0) - (b.sequence ?? 0))
      .find((other) => admit(other, lane, rules).kind !== 'wait');
    if (next === undefined) return;
    waiting.splice(waiting.indexOf(next), 1);
    lane = { ...lane, turn: next.key };
    arrive(next);
  };
  const arrive = (candidate: OrderFacts) => {
    const { kind } = admit(candidate, lane, rules);
    if (kind === 'wait') waiting.push(candidate);
    else settle(candidate, kind === 'run' ? 'processed' : 'superseded');
  };
  events.forEach(arrive);
  return { ran, waiting, superseded };
}

describe('a lane in sequence', () => {
  it('G3: ends in order, however its events come, each number once', () => {
    const numbers = fc.integer({ min: 1, max: 30 }).chain((length) =>
      fc.shuffledSubarray(
        Array.from({ length }, (_, i) => i + 1),
        { minLength: length, maxLength: length },
      ),
    );
    const copies = fc.array(fc.nat(40), { maxLength: 8 });
    fc.assert(
      fc.property(numbers, copies, (shuffled, extra) => {
        const doubled = extra.map((i) => shuffled[i % shuffled.length]!);
        const events = [...shuffled, ...doubled].map((n, i) => event({ key: `acme#${i}`, sequence: n }));

        const { ran, waiting, superseded } = play(events, sequence);

        expect(ran.map((e) => e.sequence)).toEqual(shuffled.toSorted((a, b) => a - b));
        expect(waiting).toEqual([]);
        expect(superseded).toHaveLength(doubled.length);
      }),
    );
  });

  it('G3: runs in order up to the first gap, and nothing behind it', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(Array.from({ length: 12 }, (_, i) => i + 1)), (numbers) => {
        const { ran, waiting } = play(
          numbers.map((n) => event({ key: `acme#${n}`, sequence: n })),
          sequence,
        );

        const unbroken = numbers.toSorted((a, b) => a - b).filter((n, i) => n === i + 1);
        expect(ran.map((e) => e.sequence)).toEqual(unbroken);
        expect(waiting).toHaveLength(numbers.length - unbroken.length);
      }),
    );
  });
});
