/** The order of a lane (G3), proven with real processes; test/README.md leads to the other tests of each guarantee. */
import { setTimeout as sleep } from 'node:timers/promises';
import { StartMessageMoveTaskCommand } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startSinkCloud, type SinkCloud } from './fixtures/sink-cloud.ts';
import { temporaryFolder } from './fixtures/temporary-folder.ts';
import { until } from './fixtures/until.ts';

let cloud: SinkCloud;
const dataFolder = temporaryFolder();
beforeAll(async () => {
  cloud = await startSinkCloud({ dataFolder, sweepEverySeconds: 1 });
});
afterAll(() => cloud.close());

/** What the button of the SQS console does. */
async function moveBack(): Promise<void> {
  await cloud.sqs.send(
    new StartMessageMoveTaskCommand({ SourceArn: cloud.cloud.queueArn.replace('lanes', 'lanes-dead') }),
  );
}

interface Numbered {
  readonly id: string;
  readonly entity: string;
  readonly [field: string]: unknown;
}

async function sendInOrder(source: string, events: readonly Numbered[]): Promise<void> {
  for (const event of events) {
    expect(await cloud.send(source, { type: 'paid', ...event })).toMatchObject({ status: 202 });
  }
}

const numbered = (entity: string, count: number): Numbered[] =>
  Array.from({ length: count }, (_, n) => ({ id: `${entity}-${n}`, entity }));
const keys = (source: string, events: readonly Numbered[]) => events.map(({ id }) => `${source}#${id}`);
const callsIn = (lane: string) =>
  cloud.sink.calls.filter((call) => call.lane === lane).map(({ event }) => event);
const percentile = (values: readonly number[], part: number) =>
  values.toSorted((a, b) => a - b)[Math.ceil(values.length * part) - 1] ?? NaN;

/** Milliseconds from sending to the handler's call, of events of three lanes sent steadily. */
async function latencies(name: string): Promise<number[]> {
  const lanes = ['a', 'b', 'c'].map((lane) => `${name}-${lane}`);
  const all = await Promise.all(
    lanes.map(async (lane) => {
      const sentAt = new Map<string, number>();
      for (const event of numbered(lane, 15)) {
        sentAt.set(`held#${event.id}`, Date.now());
        await sendInOrder('held', [event]);
        await sleep(100);
      }
      await cloud.untilRest([...sentAt.keys()]);
      return [...sentAt].map(([event, at]) => (cloud.sink.of(event)[0]?.startedAt ?? NaN) - at);
    }),
  );
  return all.flat();
}

test('G3, G4: a held head with 200 followers: moved back by hand, it runs, then they in order; other lanes go on meanwhile', async () => {
  await latencies('warming-up');
  const idle = await latencies('idle');
  cloud.sink.answer('held#big-0', () => 422);
  const events = numbered('big', 201);
  const [head = '', ...followers] = keys('held', events);

  await sendInOrder('held', events.slice(0, 1));
  await cloud.untilState(head, 'failed');
  const sending = sendInOrder('held', events.slice(1));
  const whileHeld = await latencies('held');
  await sending;
  await cloud.untilState(followers.at(-1) ?? '', 'waiting', 60_000);
  await until(async () => (await cloud.deadLetters()) === 1, 'the head is in the dead-letter queue');
  expect(callsIn('held#big')).toEqual([head]);

  cloud.sink.answer('held#big-0', () => 200);
  await moveBack();
  const late = { id: 'big-late', entity: 'big' };
  const sendingLate = sendInOrder('held', [late]);
  const whileDraining = await latencies('draining');
  await sendingLate;

  await cloud.untilRest(keys('held', [...events, late]), 60_000);
  expect(callsIn('held#big')).toEqual([head, head, ...followers, 'held#big-late']);
  expect(await cloud.effectsOf('held#big')).toEqual([...events, late].map(({ id }) => id));
  for (const [what, values] of Object.entries({ idle, whileHeld, whileDraining })) {
    console.log(
      `other lanes, ${what}: p50 ${percentile(values, 0.5)} ms, p99 ${percentile(values, 0.99)} ms`,
    );
  }
  // A lane that were disturbed would wait for the held one: forever, or for 200 followers.
  expect(percentile([...whileHeld, ...whileDraining], 0.5)).toBeLessThan(2000);
}, 180_000);

test('G5: a head that runs at most once and whose attempt crashed holds its followers; moved back it runs once, then they', async () => {
  const events = numbered('crashed', 3);
  const [head = '', ...followers] = keys('held-once', events);
  const held = cloud.sink.hold(head);
  await sendInOrder('held-once', events);
  process.kill((await held).call.pid, 'SIGKILL');
  await cloud.untilState(head, 'quarantined', 30_000);
  await cloud.untilState(followers.at(-1) ?? '', 'waiting');
  await until(async () => (await cloud.deadLetters()) === 1, 'the head is in the dead-letter queue');

  await moveBack();

  await cloud.untilRest(keys('held-once', events));
  expect(callsIn('held-once#crashed')).toEqual([head, head, ...followers]);
}, 90_000);

test('G3: a poison event in a source that continues lets its followers run within 10 s; moved back, it runs where there is no version and is superseded where there is one', async () => {
  const poison = { open: 'open#poison-0', versioned: 'versioned#poison-0' } as const;
  const events = numbered('poison', 4).map((event, n) => ({ ...event, version: n + 1 }));
  for (const event of Object.values(poison)) cloud.sink.answer(event, () => 422);

  await Promise.all([sendInOrder('open', events), sendInOrder('versioned', events)]);

  await cloud.untilRest([...keys('open', events), ...keys('versioned', events)]);
  for (const [source, event] of Object.entries(poison)) {
    const failedAt = (await cloud.record(event)).entries.at(-1)?.at.getTime() ?? NaN;
    const last = cloud.sink.of(`${source}#poison-3`)[0]?.startedAt ?? NaN;
    expect(last - failedAt).toBeLessThan(10_000);
  }
  await until(async () => (await cloud.deadLetters()) === 2, 'both are in the dead-letter queue');
  for (const event of Object.values(poison)) cloud.sink.answer(event, () => 200);
  await moveBack();
  await cloud.untilState(poison.open, 'processed');
  await cloud.untilState(poison.versioned, 'superseded');
  expect(cloud.sink.of(poison.open)).toHaveLength(2);
  expect(cloud.sink.of(poison.versioned)).toHaveLength(1);
  expect((await cloud.record(poison.versioned)).entries.at(-1)).toMatchObject({
    state: 'superseded',
    reason: 'stale',
  });
}, 60_000);

test('G3: numbers run in their order whatever order they come in; a repeated one of another event is late', async () => {
  const events = [3, 1, 5, 2, 4].map((n) => ({ id: `shuffled-${n}`, entity: 'shuffled', n }));

  await sendInOrder('sequenced', events);
  await cloud.untilRest(keys('sequenced', events));
  await sendInOrder('sequenced', [{ id: 'shuffled-again', entity: 'shuffled', n: 3 }]);
  await cloud.untilRest(['sequenced#shuffled-again']);

  expect(callsIn('sequenced#shuffled')).toEqual([1, 2, 3, 4, 5].map((n) => `sequenced#shuffled-${n}`));
  expect((await cloud.record('sequenced#shuffled-again')).entries.at(-1)).toMatchObject({
    state: 'superseded',
    reason: 'late',
    comparedTo: 'number 6',
  });
});

test('G8: a missing number is waited for as long as the source says; then what waits runs, and the missing one is late', async () => {
  const events = [1, 3, 4].map((n) => ({ id: `gap-${n}`, entity: 'gap', n }));
  await sendInOrder('sequenced', events);
  await cloud.untilState('sequenced#gap-4', 'waiting');

  await cloud.untilRest(keys('sequenced', events));
  await sendInOrder('sequenced', [{ id: 'gap-2', entity: 'gap', n: 2 }]);

  await cloud.untilState('sequenced#gap-2', 'superseded');
  expect(callsIn('sequenced#gap')).toEqual(['sequenced#gap-1', 'sequenced#gap-3', 'sequenced#gap-4']);
  const { entries, notes } = await cloud.record('sequenced#gap-3');
  expect(notes).toMatchObject([{ what: 'released', actor: 'sweeper' }]);
  expect(entries.map(({ state }) => state)).toEqual(['waiting', 'processing', 'processed']);
  const [waiting, processing] = entries.map(({ at }) => at.getTime());
  expect((processing ?? 0) - (waiting ?? 0)).toBeGreaterThanOrEqual(2000);
});

test('G8: where the source wants it, what waits for a missing number fails after the time, and needs attention', async () => {
  const events = [1, 3].map((n) => ({ id: `strict-${n}`, entity: 'strict', n }));

  await sendInOrder('sequenced-strictly', events);

  await cloud.untilRest(keys('sequenced-strictly', events));
  expect((await cloud.record('sequenced-strictly#strict-3')).entries.at(-1)).toMatchObject({
    state: 'failed',
    cause: 'gap',
    actor: 'sweeper',
  });
  expect(callsIn('sequenced-strictly#strict')).toEqual(['sequenced-strictly#strict-1']);
});
