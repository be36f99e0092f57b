import { none, source } from 'hooklane';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { takeEvents } from '../../../functions/ingest/take-events.ts';
import { Unreachable } from '../../../functions/ingest/unreachable.ts';
import type { IncomingEvent } from '../../../functions/sources/incoming-event.ts';
import { incoming, memoryCloud, type Between } from '../../support/memory-cloud.ts';

const open = source({ verify: none(), id: 'id', lane: 'lane' });
const thousand = (lane: (n: number) => string = () => 'one') =>
  Array.from({ length: 1000 }, (_, n) => incoming(`e${n}`, lane(n)));
const idsOf = (events: readonly IncomingEvent[]) => events.map(({ eventId }) => eventId);

/** Of a function, by Lambda. */
const timeoutMs = 10_000;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A cloud whose every call takes so long, and a function that Lambda ends. */
function setUp(callMs: number) {
  let endsAt = 0;
  const between: Between = async (_, act) => {
    await new Promise((resolve) => setTimeout(resolve, callMs));
    // What a process does that has ended is never heard of.
    return Date.now() < endsAt ? act() : new Promise(() => undefined);
  };
  const cloud = memoryCloud(between);

  async function answerTo(body: readonly IncomingEvent[]) {
    const startedAt = Date.now();
    endsAt = startedAt + timeoutMs;
    let afterMs = Infinity;
    const taking = takeEvents(body, open, 'c-1', cloud.deps)
      .then(
        () => 'taken' as const,
        (error: unknown) => {
          if (error instanceof Unreachable) return 'come again' as const;
          throw error;
        },
      )
      .finally(() => void (afterMs = Date.now() - startedAt));
    const ended = new Promise<'ended by Lambda'>((resolve) =>
      setTimeout(() => resolve('ended by Lambda'), timeoutMs),
    );
    const answer = Promise.race([taking, ended]);
    await vi.advanceTimersByTimeAsync(timeoutMs);
    return { answer: await answer, afterMs };
  }

  /** What is in the queue comes to rest. */
  async function processAll(): Promise<void> {
    endsAt = Infinity;
    const done = { state: 'superseded', actor: 'processor', reason: 'late', comparedTo: '2' } as const;
    const all = cloud.queued().map((id) => cloud.deps.ledger.append(`acme#${id}`, undefined, done));
    await vi.advanceTimersByTimeAsync(callMs);
    await Promise.all(all);
  }

  return { ...cloud, answerTo, processAll };
}

it.each([
  ['one lane', 'one', () => 'one'],
  ['1,000 lanes', '999', (n: number) => String(n)],
])('G1: takes 1,000 events of %s in one try, with 8 ms a call', async (_, lane, laneOf) => {
  const { answerTo, queued } = setUp(8);
  const body = thousand(laneOf);

  const { answer, afterMs } = await answerTo(body);

  expect(answer).toBe('taken');
  expect(afterMs).toBeLessThan(2000);
  expect(queued(lane)).toEqual(idsOf(body.filter((event) => event.lane === `acme#${lane}`)));
});

it('G1: takes the same body again in one try, which is all copies then', async () => {
  const { answerTo, queued } = setUp(8);
  const body = thousand();
  await answerTo(body);

  const { answer, afterMs } = await answerTo(body);

  expect([answer, queued().length]).toEqual(['taken', 1000]);
  expect(afterMs).toBeLessThan(3000);
});

it('G1: tells the sender to come again before Lambda ends the function, and leaves nothing running', async () => {
  const { answerTo, queued, calls } = setUp(90);
  const body = thousand();

  const { answer } = await answerTo(body);
  const callsThen = calls.length;
  await vi.advanceTimersByTimeAsync(60_000);

  expect(answer).toBe('come again');
  expect(calls).toHaveLength(callsThen);
  expect(queued()).toEqual(idsOf(body).slice(0, queued().length));
});

it('G1, G3: a body that one try has no time for is completed by the next, while what was sent is processed', async () => {
  const { answerTo, queued, processAll } = setUp(70);
  const body = thousand();

  const first = await answerTo(body);
  const sentAtFirst = queued().length;
  await processAll();
  const second = await answerTo(body);

  expect([first.answer, second.answer]).toEqual(['come again', 'taken']);
  expect(sentAtFirst).toBeGreaterThan(500);
  expect(queued()).toEqual(idsOf(body));
});

it('takes 1,000 copies of one event in one body in one try', async () => {
  const { answerTo, queued } = setUp(8);

  const { answer } = await answerTo(Array.from({ length: 1000 }, () => incoming('e1')));

  expect([answer, queued()]).toEqual(['taken', ['e1']]);
});
