import { expect, test } from 'vitest';
import { judge } from '../../../../cli/storm/judge.ts';
import type { Observed, ObservedEvent } from '../../../../cli/storm/observed.ts';
import { makeStorm, shuffled } from '../../../../cli/storm/weather.ts';

const accepted = { status: 202, said: 'accepted' };
const duplicate = { status: 200, said: 'duplicate' };
const event = (n: number, over: Partial<ObservedEvent> = {}): ObservedEvent => ({
  source: 'orders',
  eventId: `e${n}`,
  lane: 'orders#a',
  place: n,
  told: [accepted, duplicate],
  state: 'processed',
  audit: ['accepted', 'duplicate', 'started', 'processed'],
  ...over,
});
const call = (n: number, startedAt: number, endedAt: number) => ({
  event: `orders#e${n}`,
  lane: 'orders#a',
  idempotencyKey: `k${n}`,
  startedAt,
  endedAt,
});
const sound: Observed = {
  events: [event(0), event(1)],
  calls: [call(0, 1, 2), call(1, 3, 4)],
  effects: new Map([['orders#a', ['e0', 'e1']]]),
  bad: [{ what: 'no signature', expected: 401, status: 401 }],
  heldLanes: ['orders#b'],
  delayed: [],
  attention: [],
};
const brokenOf = (over: Partial<Observed>) =>
  judge({ ...sound, ...over }).flatMap(({ guarantee, broken }) => (broken.length > 0 ? [guarantee] : []));

test('holds what was kept', () => {
  expect(brokenOf({})).toEqual([]);
  expect(judge(sound).map(({ count }) => count)).toEqual([2, 4, 2, 2, 2, 2, 2, 2, 1]);
});

test.each<[string, Partial<Observed>, readonly string[]]>([
  [
    'an acknowledged event that nobody knows',
    { events: [event(0, { state: undefined, audit: [] }), event(1)] },
    ['G1', 'G2', 'G5, G6', 'G7', 'G8'],
  ],
  ['two copies that were accepted', { events: [event(0, { told: [accepted, accepted] }), event(1)] }, ['G2']],
  [
    'a copy that is not in the audit',
    { events: [event(0, { audit: ['accepted', 'started', 'processed'] }), event(1)] },
    ['G2'],
  ],
  ['effects in the wrong order', { effects: new Map([['orders#a', ['e1', 'e0']]]) }, ['G3']],
  ['two of a lane at a time', { calls: [call(0, 1, 4), call(1, 3, 5)] }, ['G3']],
  ['a lane that waited for another', { delayed: ['orders#e1'] }, ['G4']],
  ['an effect twice', { effects: new Map([['orders#a', ['e0', 'e0', 'e1']]]) }, ['G5, G6']],
  ['an effect too few', { effects: new Map([['orders#a', ['e0']]]) }, ['G5, G6']],
  [
    'another idempotency key',
    {
      calls: [call(0, 1, 2), { ...call(0, 3, 4), idempotencyKey: 'other' }, call(1, 5, 6)],
      events: [
        event(0, { audit: ['accepted', 'duplicate', 'started', 'retried', 'started', 'processed'] }),
        event(1),
      ],
    },
    ['G5, G6'],
  ],
  ['an attempt without an entry', { calls: [call(0, 1, 2), call(0, 2, 3), call(1, 3, 4)] }, ['G7']],
  [
    'an event that is stuck',
    { events: [event(0), event(1, { state: 'waiting' })], effects: new Map([['orders#a', ['e0']]]) },
    ['G8'],
  ],
  ['attention at the end', { attention: ['orders#e0: gap'] }, ['G8']],
  ['bad input that was taken', { bad: [{ what: 'no signature', expected: 401, status: 202 }] }, ['input']],
])('finds %s', (_, over, guarantees) => {
  expect(brokenOf(over)).toEqual(guarantees);
});

test('a storm is the same for the same seed, has copies and failures, and holds a lane', () => {
  const { events, heldLanes } = makeStorm(100, 7);

  expect(makeStorm(100, 7).events).toEqual(events);
  expect(makeStorm(100, 8).events).not.toEqual(events);
  expect(new Set(events.map(({ copies }) => copies))).toEqual(new Set([1, 2, 3]));
  expect(events.filter(({ fails }) => fails === 1).length).toBeGreaterThan(5);
  expect(heldLanes.length).toBeGreaterThan(0);
  expect(shuffled([1, 2, 3, 4, 5], 3)).not.toEqual([1, 2, 3, 4, 5]);
});
