import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MessageToSend } from '../../../functions/lane/send-lane-message.ts';
import { startTestDatabase, type TestDatabase } from '../../support/dynamodb.ts';
import { intercept, isWrite } from '../../support/intercept.ts';
import { request, setUpIngest } from '../../support/ingest-fixture.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await startTestDatabase();
});
afterAll(() => database.close());

const body = (count: number, lanes: number) => ({
  events: Array.from({ length: count }, (_, n) => ({ id: `e${n}`, entity: `o${n % lanes}` })),
});

/** `before`: it never happens. `after`: it happens, and its answer is lost. Counted from 0. */
interface Failure {
  readonly of: 'put' | 'send';
  readonly number: number;
  readonly when: 'before' | 'after';
}

/** Ingest in which one put or one send fails for good, and a queue that drops what it has had, as SQS does for five minutes. */
async function setUp(failure?: Failure) {
  // How long it takes is for take-long-body.test.ts to say, on a clock of its own.
  const stopped = new Date();
  const counts = { put: 0, send: 0 };
  let broken = failure;
  async function step(of: Failure['of'], work: () => Promise<unknown>): Promise<unknown> {
    const fails = broken?.of === of && counts[of]++ === broken.number ? broken : undefined;
    if (fails) broken = undefined;
    if (fails?.when === 'before') throw new Error('down');
    const result = await work();
    if (fails?.when === 'after') throw new Error('the answer was lost');
    return result;
  }
  const fixture = await setUpIngest(database, (real) =>
    intercept(real, async (command, next) => (isWrite(command) ? await step('put', next) : await next())),
  );
  const queued = new Map<string, MessageToSend>();
  const sendAll = async (messages: readonly MessageToSend[]): Promise<void> => {
    await step('send', async () => {
      for (const message of messages) {
        const id = `${message.event} ${message.generation} ${message.purpose}`;
        if (!queued.has(id)) queued.set(id, message);
      }
    });
  };
  return {
    post: async (of: unknown) => await fixture.ingest(request('batch', of), { sendAll, now: () => stopped }),
    queuedOf: (lane: string) =>
      [...queued.values()].filter((one) => one.lane === lane).map(({ event }) => event),
    stored: async () => (await fixture.everything()).filter(({ sk }) => sk === 'EVENT').length,
    queued,
  };
}

function expectWholeAndInOrder(
  { queuedOf }: Pick<Awaited<ReturnType<typeof setUp>>, 'queuedOf'>,
  { events }: ReturnType<typeof body>,
): void {
  const lanes = Map.groupBy(events, ({ entity }) => entity);
  for (const [entity, ofLane] of lanes) {
    expect(queuedOf(`batch#${entity}`)).toEqual(ofLane.map(({ id }) => `batch#${id}`));
  }
}

it('G1, G3: takes 500 events of one body, each once, those of a lane in their order', async () => {
  const ingest = await setUp();
  const sent = body(500, 7);

  const answer = await ingest.post(sent);

  expect(answer.status).toBe(202);
  const { events } = answer.body as { events: { eventId: string; status: string }[] };
  expect(events.map(({ eventId, status }) => [eventId, status])).toEqual(
    sent.events.map(({ id }) => [id, 'accepted']),
  );
  expect([await ingest.stored(), ingest.queued.size]).toEqual([500, 500]);
  expectWholeAndInOrder(ingest, sent);
});

it('G1: takes none of 500 events where one of them is not valid', async () => {
  const ingest = await setUp();
  const { events } = body(500, 7);

  const answer = await ingest.post({ events: [...events.slice(0, 499), { entity: 'o1' }] });

  expect(answer).toMatchObject({ status: 400, body: { errors: [{ path: 'events.499.id' }] } });
  expect([await ingest.stored(), ingest.queued.size]).toEqual([0, 0]);
});

it('takes none of 10,001 events', async () => {
  const ingest = await setUp();

  const answer = await ingest.post(body(10_001, 7));

  expect([answer.status, await ingest.stored()]).toEqual([400, 0]);
});

it.each<Failure>([
  { of: 'put', number: 250, when: 'before' },
  { of: 'put', number: 499, when: 'after' },
  { of: 'send', number: 20, when: 'before' },
  { of: 'send', number: 49, when: 'after' },
])('G1, G3: completes 500 events by a retry where $of $number fails $when it happens', async (failure) => {
  const ingest = await setUp(failure);
  const sent = body(500, 7);

  const first = await ingest.post(sent);
  const retried = await ingest.post(sent);

  expect([first.status, first.headers?.['retry-after']]).toEqual([503, '5']);
  expect(retried.status).toBe(202);
  expect([await ingest.stored(), ingest.queued.size]).toEqual([500, 500]);
  expectWholeAndInOrder(ingest, sent);
});

const few = 12;
const failures: readonly Failure[] = (['put', 'send'] as const).flatMap((of) =>
  (['before', 'after'] as const).flatMap((when) =>
    // Twelve messages are a batch of ten and one of two, or fewer in each stream.
    Array.from({ length: of === 'put' ? few : 2 }, (_, number) => ({ of, number, when })),
  ),
);

describe.each([1, 3, few])('a body of 12 events in %i lanes', (lanes) => {
  it('G1, G3: is refused as a whole and completed by a retry, whichever put or send fails', async () => {
    const sent = body(few, lanes);

    for (const failure of failures) {
      const ingest = await setUp(failure);
      const first = await ingest.post(sent);
      const atFirst = ingest.queued.size;
      const retried = await ingest.post(sent);

      expect([failure, first.status, retried.status]).toEqual([failure, 503, 202]);
      expect(atFirst).toBeLessThanOrEqual(few);
      expect(await ingest.stored()).toBe(few);
      expectWholeAndInOrder(ingest, sent);
    }
  });
});
