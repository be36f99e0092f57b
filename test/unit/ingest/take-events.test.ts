import { none, source } from 'hooklane';
import { expect, it } from 'vitest';
import { takeEvents, type TakeEventsDeps } from '../../../functions/ingest/take-events.ts';
import { Unreachable } from '../../../functions/ingest/unreachable.ts';
import type { IncomingEvent } from '../../../functions/sources/incoming-event.ts';

const open = source({ verify: none(), id: 'id' });

const event = (eventId: string, lane: string): IncomingEvent => ({
  source: 'acme',
  eventId,
  type: 'acme',
  lane,
  body: {},
  raw: Buffer.from('{}'),
  headers: {},
  acceptedAt: new Date(),
});

/** Records what happens; `send` takes a moment, and fails for the ids in `failing`. */
function setUp(failing: readonly string[] = []) {
  const happened: string[] = [];
  let sending = 0;
  let mostSending = 0;
  const deps: TakeEventsDeps = {
    ledger: {
      accept: async ({ eventId }) => (happened.push(`put ${eventId}`), { kind: 'accepted' }),
      append: () => Promise.reject(new Error('not expected')),
      newest: () => Promise.reject(new Error('not expected')),
      note: () => Promise.reject(new Error('not expected')),
      read: () => Promise.reject(new Error('not expected')),
    },
    send: async ({ event: key }) => {
      mostSending = Math.max(mostSending, ++sending);
      await new Promise((resolve) => setTimeout(resolve, 2));
      sending--;
      const id = key.slice('acme#'.length);
      if (failing.includes(id)) throw new Error('down');
      happened.push(`sent ${id}`);
    },
    stateTable: 'state',
    now: () => new Date(),
    newId: () => 'n',
  };
  return { deps, happened, mostSending: () => mostSending };
}

it('G3: stores and sends the events of one lane one by one, in their order', async () => {
  const { deps, happened } = setUp();

  await takeEvents([event('a', 'l'), event('b', 'l'), event('c', 'l')], open, 'c-1', deps);

  expect(happened).toEqual(['put a', 'sent a', 'put b', 'sent b', 'put c', 'sent c']);
});

it('G1: stops at the first failure: nothing of the lane overtakes what was not sent', async () => {
  const { deps, happened } = setUp(['b']);

  const taking = takeEvents([event('a', 'l'), event('b', 'l'), event('c', 'l')], open, 'c-1', deps);

  await expect(taking).rejects.toThrow(Unreachable);
  expect(happened).toEqual(['put a', 'sent a', 'put b']);
});

it('serves lanes side by side, a limited number at once, and gives outcomes in the order of the body', async () => {
  const { deps, mostSending } = setUp();
  const events = Array.from({ length: 100 }, (_, index) => event(`e${index}`, `l${index % 50}`));

  const outcomes = await takeEvents(events, open, 'c-1', deps);

  expect(outcomes.map(({ eventId }) => eventId)).toEqual(events.map(({ eventId }) => eventId));
  expect(mostSending()).toBe(16);
});

it('begins no other lane after a failure, and leaves nothing running behind it', async () => {
  const { deps, happened } = setUp(['e0']);
  const events = Array.from({ length: 200 }, (_, index) => event(`e${index}`, `l${index}`));

  await expect(takeEvents(events, open, 'c-1', deps)).rejects.toThrow(Unreachable);
  const then = happened.length;
  await new Promise((resolve) => setTimeout(resolve, 20));

  expect(happened.length).toBe(then);
  expect(happened.length).toBeLessThan(80);
});

it('takes nothing from a body without events', async () => {
  const { deps } = setUp();

  expect(await takeEvents([], open, 'c-1', deps)).toEqual([]);
});
