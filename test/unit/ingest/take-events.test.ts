import { none, source } from 'hooklane';
import { expect, it } from 'vitest';
import { takeEvents } from '../../../functions/ingest/take-events.ts';
import { Unreachable } from '../../../functions/ingest/unreachable.ts';
import type { EventKey } from '../../../functions/ledger/keys.ts';
import { incoming, memoryCloud, type Between } from '../../support/memory-cloud.ts';

const open = source({ verify: none(), id: 'id', lane: 'lane' });
const many = (count: number, laneOf = (_n: number) => 'one') =>
  Array.from({ length: count }, (_, n) => incoming(`e${n}`, laneOf(n)));

/** Fails one call, counted from 0 by its kind, before it happens; the next time it works. */
function failing(name: string, number: number): Between {
  return async (call, act) => {
    await new Promise((resolve) => setTimeout(resolve, 1));
    if (call.name === name && call.number === number) throw new Error('down');
    return act();
  };
}

it('costs one put and one send for one event', async () => {
  const { deps, calls } = memoryCloud();

  await takeEvents([incoming('a')], open, 'c-1', deps);

  expect(calls.map(({ name }) => name)).toEqual(['Put', 'SendMessage']);
});

it('G1: stores all events before it sends the first message, ten by one request', async () => {
  const { deps, calls, named, queued } = memoryCloud();

  await takeEvents(many(25), open, 'c-1', deps);

  expect(calls.findIndex(({ to }) => to === 'queue')).toBe(25);
  expect([named('Put'), named('SendMessageBatch'), named('SendMessage')]).toEqual([25, 3, 0]);
  expect(queued()).toEqual(many(25).map(({ eventId }) => eventId));
});

it('G3: sends the events of each lane in the order of the body, and gives outcomes in that order', async () => {
  const { deps, queued } = memoryCloud(async (_, act) => {
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 3));
    return act();
  });
  const events = many(200, (n) => `l${n % 7}`);

  const outcomes = await takeEvents(events, open, 'c-1', deps);

  expect(outcomes.map(({ eventId }) => eventId)).toEqual(events.map(({ eventId }) => eventId));
  for (let lane = 0; lane < 7; lane++) {
    const ofLane = events.filter((_, n) => n % 7 === lane).map(({ eventId }) => eventId);
    expect(queued(`l${lane}`)).toEqual(ofLane);
  }
});

it.each([
  ['Put', 12],
  ['SendMessageBatch', 1],
])(
  'G1, G3: after %s number %i failed it leaves nothing running, and the retry completes the body',
  async (name, number) => {
    const { deps, calls, queued } = memoryCloud(failing(name, number));
    const events = many(40);

    const first = takeEvents(events, open, 'c-1', deps);
    await expect(first).rejects.toThrow(Unreachable);
    const callsThen = calls.length;
    await new Promise((resolve) => setTimeout(resolve, 20));
    const sentAtFirst = queued();
    const retried = await takeEvents(events, open, 'c-2', deps);

    expect(calls.slice(callsThen, callsThen + 1)).toMatchObject([{ name: 'Put' }]);
    expect(sentAtFirst).toEqual(events.map(({ eventId }) => eventId).slice(0, sentAtFirst.length));
    expect(queued()).toEqual(events.map(({ eventId }) => eventId));
    expect(new Set(retried.map(({ status }) => status))).toContain('duplicate');
  },
);

it('G1: takes a batch that SQS refuses in part for a failure', async () => {
  const { deps } = memoryCloud(async ({ name }, act) => {
    const answer = act();
    return name === 'SendMessageBatch'
      ? { Successful: [], Failed: [{ Id: '3', Code: 'Throttled' }] }
      : answer;
  });

  await expect(takeEvents(many(5), open, 'c-1', deps)).rejects.toThrow('the queue cannot be reached');
});

it('G2: of copies in one body the first one stands, with its lane, and one message is sent', async () => {
  const { deps, queued } = memoryCloud(async ({ name, number }, act) => {
    if (name === 'Put' && number === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    return act();
  });
  const events = [
    incoming('a', 'one'),
    incoming('b', 'one'),
    incoming('a', 'two', { raw: Buffer.from('{"x":1}') }),
  ];

  const outcomes = await takeEvents(events, open, 'c-1', deps);

  expect(outcomes).toMatchObject([
    { status: 'accepted', eventId: 'a', lane: 'acme#one' },
    { status: 'accepted', eventId: 'b' },
    { status: 'duplicate', eventId: 'a', lane: 'acme#one', state: 'pending' },
  ]);
  expect([queued('one'), queued('two')]).toEqual([['a', 'b'], []]);
  const { notes } = await deps.ledger.readWithNotes('acme#a');
  expect(notes).toMatchObject([{ what: 'duplicate', sameBody: false, answered: 'duplicate, pending' }]);
});

it('G3: puts the failed events of a lane back one after the other, and sends them with the new ones in the order of the body', async () => {
  const { deps, queued } = memoryCloud(async (_, act) => {
    await new Promise((resolve) => setTimeout(resolve, 1));
    return act();
  });
  const failed = many(12);
  await takeEvents(failed, open, 'c-1', deps);
  for (const { eventId } of failed) await fail(`acme#${eventId}`);
  const again = [incoming('before'), ...failed, incoming('after')];

  const outcomes = await takeEvents(again, open, 'c-2', deps);

  const statuses = outcomes.map(({ status }) => status);
  expect(statuses).toEqual(['accepted', ...failed.map(() => 'reopened'), 'accepted']);
  expect(queued().slice(12)).toEqual(again.map(({ eventId }) => eventId));

  async function fail(key: EventKey): Promise<void> {
    const processing = { actor: 'p', worker: 'p', leaseUntil: new Date() };
    const begun = await deps.ledger.append(key, undefined, { state: 'processing', ...processing });
    if (begun.kind !== 'appended') throw new Error('it did not begin');
    await deps.ledger.append(key, begun.entry, { state: 'failed', actor: 'p', cause: 'permanent-error' });
  }
});

it('G8: one event that cannot be read costs the others of its body nothing', async () => {
  const { deps, queued, lines } = memoryCloud(async ({ name, number }, act) => {
    const answer = act();
    // The entries of the second event: damaged, or of a newer version.
    return name === 'Query' && number === 0
      ? { Items: [{ pk: 'acme#b', sk: 'LOG#000001', state: '?' }] }
      : answer;
  });
  await takeEvents([incoming('b')], open, 'c-1', deps);

  const outcomes = await takeEvents([incoming('a'), incoming('b'), incoming('c')], open, 'c-2', deps);

  expect(outcomes.map(({ status }) => status)).toEqual(['accepted', 'duplicate', 'accepted']);
  expect(queued()).toEqual(['b', 'a', 'c']);
  expect(lines).toMatchObject([{ level: 'error', eventId: 'b' }]);
  expect((await deps.ledger.readWithNotes('acme#b')).notes).toMatchObject([{ answered: 'duplicate' }]);
});

it('takes nothing from a body without events', async () => {
  const { deps, calls } = memoryCloud();

  expect(await takeEvents([], open, 'c-1', deps)).toEqual([]);
  expect(calls).toEqual([]);
});
