import { describe, expect, test } from 'vitest';
import { idempotencyKey } from '../../../functions/processor/idempotency-key.ts';
import { parseEntry, type Entry } from '../../../functions/ledger/entry.ts';
import type { SinkCall } from '../../local/fixtures/sink.ts';
import { imbalances } from '../../soak/balance.ts';
import type { Act } from '../../soak/operators.ts';
import type { PlannedEvent, SourceName } from '../../soak/plan.ts';
import type { Stored } from '../../soak/stored.ts';

const planned = (id: string, source: SourceName): PlannedEvent => ({
  source,
  id,
  type: 'moved',
  entity: 'x',
  answers: [],
  thinksMs: 0,
});

const effect = (id: string, source: SourceName, replay = 0) =>
  `${id} ${idempotencyKey(`${source}#${id}`, replay)}`;

type Step = Readonly<Record<string, unknown>> & { readonly state: Entry['state'] };

const more: Partial<Record<Entry['state'], object>> = {
  processing: { leaseUntil: '2026-01-01T00:01:00Z', worker: 'w' },
  processed: { durationMs: 1 },
  failed: { cause: 'permanent-error' },
  discarded: { reason: 'asked' },
};

const story = (steps: readonly Step[]): Entry[] =>
  steps.map((step, at) =>
    parseEntry({
      number: at + 1,
      at: '2026-01-01T00:00:00Z',
      actor: 'a',
      generation: 0,
      replay: 0,
      attempt: 1,
      nonce: 'n',
      ...more[step.state],
      ...step,
    }),
  );

const ran: readonly Step[] = [{ state: 'processing' }, { state: 'processed' }];

/** Two events of one lane that ran once each, and everything adds up. */
function aWorld(source: SourceName = 'open') {
  const lane = `${source}#x`;
  const call = (id: string, replay = 0): SinkCall => ({
    event: `${source}#${id}`,
    lane,
    attempt: 1,
    idempotencyKey: idempotencyKey(`${source}#${id}`, replay),
    pid: 1,
    sha256: '',
    startedAt: 0,
  });
  const entries = new Map([
    [`${source}#a`, story(ran)],
    [`${source}#b`, story(ran)],
  ]);
  const effects = new Map([[lane, [effect('a', source), effect('b', source)]]]);
  return {
    accepted: new Map([[lane, [planned('a', source), planned('b', source)]]]),
    entries,
    effects,
    calls: [call('a'), call('b')],
    acts: [] as Act[],
    messages: { lanes: 0, feeder: 0, 'dead letters': 0 } as Record<string, number>,
    state: [] as Stored['state'][number][],
    call,
    lane,
  };
}

type World = ReturnType<typeof aWorld>;

const wrongIn = ({ accepted, entries, effects, messages, state, calls, acts }: World) =>
  imbalances(accepted, { entries, effects, messages, state }, calls, acts);

test('a world in which everything adds up is in balance', () => {
  expect(wrongIn(aWorld())).toEqual([]);
});

test('a replay that was asked for is in balance: under its own key, later than its place', () => {
  const world = aWorld();
  const reopened = { state: 'reopened', by: 'replay', replay: 1 } as const;
  const again = ran.map((step) => ({ ...step, replay: 1 }));
  world.entries.set('open#a', story([...ran, reopened, ...again]));
  world.effects.get(world.lane)?.push(effect('a', 'open', 1));
  world.calls.push(world.call('a', 1));
  world.acts.push({ event: 'open#a', action: 'replay', outcome: 'unknown' });

  expect(wrongIn(world)).toEqual([]);
});

describe('the balance sees', () => {
  test.each<[string, (world: World) => void, RegExp]>([
    ['an event that was lost', (w) => w.entries.delete('open#a'), /never ran/],
    [
      'one that has not ended',
      (w) => w.entries.set('open#a', story([{ state: 'processing' }])),
      /ended as processing/,
    ],
    ['one that nobody sent', (w) => w.entries.set('open#c', story(ran)), /nobody sent it/],
    ['an effect too many', (w) => w.effects.get(w.lane)?.push(effect('b', 'open')), /1 times processed, 2/],
    ['an effect that is missing', (w) => w.effects.get(w.lane)?.pop(), /1 times processed, 0 effects/],
    ['a call without an attempt', (w) => w.calls.push(w.call('a')), /2 calls under .*, and 1 attempts/],
    ['a call under another key', (w) => w.calls.push(w.call('a', 1)), /1 calls under .*, and 0 attempts/],
    ['an effect without a call', (w) => w.calls.splice(0, 1), /processed without a call/],
    ['the wrong order', (w) => w.effects.get(w.lane)?.reverse(), /a took effect after b/],
    [
      'an event that was discarded unasked',
      (w) => w.entries.set('open#a', story([{ state: 'processing' }, { state: 'discarded' }])),
      /discard happened 1 times and was done 0 to 0/,
    ],
    [
      'a discard that was answered and not done',
      (w) => w.acts.push({ event: 'open#a', action: 'discard', outcome: 'done' }),
      /discard happened 0 times and was done 1 to 1/,
    ],
    ['a message', (w) => (w.messages['feeder'] = 1), /1 messages are left in the queue of feeder/],
    ['an event that waits', (w) => w.state.push({ pk: 'LANE#1', sk: 'WAIT#1' }), /still waits/],
    ['a turn', (w) => w.state.push({ pk: 'LANE#1', sk: 'LANE', turn: 'open#a' }), /still has a turn/],
    ['an event that needs somebody', (w) => w.state.push({ pk: 'ATTENTION#1', sk: 'open#a' }), /attention/],
  ])('%s', (_, spoil, found) => {
    const world = aWorld();

    spoil(world);

    expect(wrongIn(world)).toContainEqual(expect.stringMatching(found));
  });

  test('the wrong order after a failure where the source holds, and not where it goes on', () => {
    const failedFirst = (source: SourceName) => {
      const world = aWorld(source);
      const redriven = [
        { state: 'processing' },
        { state: 'failed' },
        { state: 'reopened', by: 'redrive' },
      ] as const;
      world.entries.set(`${source}#a`, story([...redriven, ...ran]));
      world.calls.push(world.call('a'));
      world.effects.get(world.lane)?.reverse();
      return wrongIn(world);
    };

    expect(failedFirst('held')).toEqual([expect.stringMatching(/a took effect after b/)]);
    expect(failedFirst('open')).toEqual([]);
  });
});
