import { none, source } from 'hooklane';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { takeEvents, type TakeEventsDeps } from '../../../functions/ingest/take-events.ts';
import { Unreachable } from '../../../functions/ingest/unreachable.ts';
import type { Entry } from '../../../functions/ledger/entry.ts';
import type { StoredEvent } from '../../../functions/ledger/event.ts';
import type { IncomingEvent } from '../../../functions/sources/incoming-event.ts';

const open = source({ verify: none(), id: 'id' });

const event = (eventId: string): IncomingEvent => ({
  source: 'acme',
  eventId,
  type: 'acme',
  lane: 'acme#one',
  body: {},
  raw: Buffer.from('{}'),
  headers: {},
  acceptedAt: new Date(),
});

const processed = (number: number): Entry => ({
  number,
  at: new Date(),
  actor: 'processor/1',
  generation: 0,
  replay: 0,
  attempt: 1,
  nonce: 'n',
  state: 'processed',
  durationMs: 1,
});

/** Of a function, by Lambda. */
const timeoutMs = 10_000;
/** Of one request to the ledger and to the queue. */
const ledgerMs = 5;
const queueMs = 15;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A ledger and a queue that take their time, and a function that Lambda ends. */
function setUp() {
  const stored = new Set<string>();
  const sent: string[] = [];
  const begun = new Set<string>();
  const idOf = (key: string) => key.slice('acme#'.length);
  const newestOf = (id: string) => (begun.has(id) ? processed(2) : undefined);

  function requestOf(body: readonly IncomingEvent[]) {
    const endsAt = Date.now() + timeoutMs;
    /** What a process does that has ended is never heard of. */
    async function after<T>(ms: number, act: () => T): Promise<T> {
      await new Promise((resolve) => setTimeout(resolve, ms));
      return Date.now() < endsAt ? act() : new Promise<never>(() => undefined);
    }
    const deps: TakeEventsDeps = {
      ledger: {
        async accept(one) {
          const { eventId } = one;
          const isNew = await after(ledgerMs, () => !stored.has(eventId) && stored.add(eventId));
          if (isNew) return { kind: 'accepted' };
          const known: StoredEvent = { ...one, bodySha256: '', bodyBytes: 2 };
          const newest = await after(ledgerMs, () => newestOf(eventId));
          return { kind: 'duplicate', stored: known, newest, sameBody: true };
        },
        newest: (key) => after(ledgerMs, () => newestOf(idOf(key))),
        note: () => after(ledgerMs, () => undefined),
        append: () => Promise.reject(new Error('not expected')),
        read: () => Promise.reject(new Error('not expected')),
      },
      send: ({ event: key }) => after(queueMs, () => void sent.push(idOf(key))),
      stateTable: 'state',
      now: () => new Date(),
      newId: () => 'n',
    };
    return takeEvents(body, open, 'c-1', deps);
  }

  async function answerTo(
    body: readonly IncomingEvent[],
  ): Promise<'taken' | 'come again' | 'ended by Lambda'> {
    const ended = new Promise<'ended by Lambda'>((resolve) =>
      setTimeout(() => resolve('ended by Lambda'), timeoutMs),
    );
    const taking = requestOf(body).then(
      () => 'taken' as const,
      (error: unknown) => {
        if (error instanceof Unreachable) return 'come again' as const;
        throw error;
      },
    );
    const answer = Promise.race([taking, ended]);
    await vi.advanceTimersByTimeAsync(timeoutMs);
    return await answer;
  }

  return { answerTo, sent, processAll: () => sent.forEach((id) => begun.add(id)) };
}

it('G1: a body of 1,000 events of one lane is taken by a few tries, though one try has no time for it', async () => {
  const { answerTo, sent, processAll } = setUp();
  const body = Array.from({ length: 1000 }, (_, index) => event(`e${index}`));

  const answers = [await answerTo(body)];
  while (answers.at(-1) !== 'taken' && answers.length < 10) {
    processAll();
    answers.push(await answerTo(body));
  }

  expect(answers.length).toBeLessThan(5);
  expect(sent).toEqual(body.map(({ eventId }) => eventId));
});

it('G1: tells the sender to come again before Lambda ends the function, and leaves nothing running', async () => {
  const { answerTo, sent } = setUp();
  const body = Array.from({ length: 1000 }, (_, index) => event(`e${index}`));

  const answered = await answerTo(body);
  const sentThen = sent.length;
  await vi.advanceTimersByTimeAsync(60_000);

  expect(answered).toBe('come again');
  expect(sent).toHaveLength(sentThen);
});
