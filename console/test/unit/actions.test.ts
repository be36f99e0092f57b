import { expect, it } from 'vitest';
import { operatorMay as ledgerSays, transitions } from '../../../functions/ledger/transitions.ts';
import type { Event, EventState, Lane } from '../../src/api/wire.ts';
import { cannotRunAgain, operatorMay, possibleActions } from '../../src/event/actions.ts';

const now = Date.parse('2026-01-02T03:00:00Z');
const event = (more: Partial<Event> = {}): Event => ({
  source: 'shop',
  eventId: 'e1',
  lane: 'shop#order-7',
  state: 'failed',
  attempts: 2,
  duplicates: 0,
  generation: 0,
  replay: 0,
  expiresAt: '2026-02-01T00:00:00Z',
  ...more,
});
const held: Lane = {
  lane: 'shop#order-7',
  state: 'held',
  turn: { eventId: 'e1', state: 'failed' },
  waiting: 3,
};
const open: Lane = { lane: 'shop#order-7', state: 'open' };
const acts = (of: Event, lane: Lane | undefined) => possibleActions(of, lane, now).map(({ act }) => act);
const toLane = (act: string, of: Event, lane: Lane) =>
  possibleActions(of, lane, now).find((one) => one.act === act)?.toLane;

it('offers what the state allows, and the release of the lane to the event that holds it', () => {
  expect(acts(event(), held)).toEqual(['redrive', 'resolve', 'discard', 'release']);
  expect(acts(event(), open)).toEqual(['redrive', 'resolve', 'discard']);
  expect(acts(event({ state: 'processed' }), open)).toEqual(['replay']);
  expect(acts(event({ state: 'waiting' }), held)).toEqual(['discard', 'release']);
  expect(acts(event({ state: 'processing' }), open)).toEqual([]);
});

it('offers nothing that runs an event whose body has expired', () => {
  const expired = event({ expiresAt: '2026-01-01T00:00:00Z' });

  expect(acts(expired, held)).toEqual(['resolve', 'discard', 'release']);
  expect(cannotRunAgain(expired, now)).toBe(true);
  expect(cannotRunAgain(event(), now)).toBe(false);
});

it('says what a redrive does to the lane: first where it holds it, too late where that has gone on', () => {
  expect(toLane('redrive', event(), held)).toMatch(/runs first.*the 3 events that wait run after it/);
  expect(toLane('redrive', event(), open)).toMatch(/gone on without it/);
  expect(toLane('redrive', event({ eventId: 'e2' }), held)).toMatch(/waits behind e1/);
});

it('says that a redrive of a paused source waits', () => {
  expect(toLane('redrive', event(), { ...held, state: 'stopped' })).toMatch(
    /waits in its lane until that is over/,
  );
});

it('says who goes on when the event is given up or the lane released', () => {
  expect(toLane('discard', event(), held)).toBe(
    'Its lane goes on: the 3 events that wait run now, in order.',
  );
  expect(toLane('discard', event(), { ...held, waiting: 0 })).toMatch(/Nothing waits behind it/);
  expect(toLane('discard', event(), open)).toMatch(/does not wait for it/);
  expect(toLane('release', event(), { ...held, waiting: 1 })).toMatch(/the one event that waits runs now/);
});

it('allows in every state what the ledger allows, no more and no less', () => {
  const states = Object.keys(transitions) as EventState[];
  const table = (may: typeof ledgerSays) =>
    states.map((state) => [
      state,
      may.redrive(state),
      may.replay(state),
      may.discard(state),
      may.resolve(state),
    ]);

  expect(table(operatorMay)).toEqual(table(ledgerSays));
});
