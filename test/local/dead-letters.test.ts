import {
  CancelMessageMoveTaskCommand,
  ListMessageMoveTasksCommand,
  StartMessageMoveTaskCommand,
} from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sideBySide } from './fixtures/side-by-side.ts';
import { startSinkCloud, type SinkCloud } from './fixtures/sink-cloud.ts';
import { startSink } from './fixtures/sink.ts';
import { temporaryFolder } from './fixtures/temporary-folder.ts';
import { until } from './fixtures/until.ts';

/** 2,000 in the figures of a release; fewer, so that the tests stay short. */
const events = Number(process.env['HOOKLANE_DEAD_LETTERS'] ?? 300);
const lanes = Math.max(1, Math.round(events / 20));
/** For as many as a release asks for, on a machine that does other things beside. */
const patienceMs = 120_000 + events * 100;

let cloud: SinkCloud;
let answer = 422;
const dataFolder = temporaryFolder();
beforeAll(async () => {
  const sink = await startSink({ defaultAnswer: () => answer });
  cloud = await startSinkCloud({ dataFolder, sink });
});
afterAll(() => cloud.close());

/** Fails so many events, twenty in each lane, and waits until all their letters are in the dead-letter queue. */
async function failAll(round: string): Promise<readonly string[]> {
  answer = 422;
  const ids = Array.from(
    { length: events },
    (_, index) => `${round}-${Math.floor(index / lanes)}-${index % lanes}`,
  );
  const byLane = Map.groupBy(ids, (id) => id.split('-')[2] ?? '');
  await sideBySide([...byLane.values()], 8, async (lane) => {
    for (const id of lane)
      await cloud.send('open', { id, type: 'paid', entity: `${round}-${id.split('-')[2]}` });
  });
  const sentAt = Date.now();
  await until(async () => (await cloud.deadLetters()) === events, 'all letters are there', 60_000);
  console.info(
    `${events} events in ${lanes} lanes: dead letters there ${Date.now() - sentAt} ms after the last was sent`,
  );
  answer = 200;
  return ids;
}

const SourceArn = () => cloud.cloud.deadLetterQueueArn;
const move = (DestinationArn?: string, MaxNumberOfMessagesPerSecond?: number) =>
  cloud.sqs.send(
    new StartMessageMoveTaskCommand({
      SourceArn: SourceArn(),
      ...(DestinationArn ? { DestinationArn } : {}),
      ...(MaxNumberOfMessagesPerSecond ? { MaxNumberOfMessagesPerSecond } : {}),
    }),
  );

async function newestMove() {
  const tasks = await cloud.sqs.send(new ListMessageMoveTasksCommand({ SourceArn: SourceArn() }));
  return tasks.Results?.[0] ?? {};
}

/** Each ran once when it failed and once more now; each lane in its order; nothing is left in the dead-letter queue. */
async function expectEachOnceMore(round: string, ids: readonly string[]): Promise<void> {
  await until(
    async () => (await cloud.deadLetters()) === 0 && cloud.sink.calls.length >= 2 * ids.length,
    'all have run again',
    patienceMs,
  );
  await cloud.untilRest(
    ids.map((id) => `open#${id}`),
    60_000,
  );
  for (let lane = 0; lane < lanes; lane++) {
    const inOrder = ids.filter((id) => id.endsWith(`-${lane}`));
    expect(await cloud.effectsOf(`open#${round}-${lane}`)).toEqual(inOrder);
  }
  const runs = Map.groupBy(cloud.sink.calls, ({ event }) => event);
  expect([...runs.values()].filter((calls) => calls.length !== 2)).toEqual([]);
  cloud.sink.forget();
  const { visible, inFlight } = await cloud.queued();
  expect({ visible, inFlight, dead: await cloud.deadLetters() }).toEqual({
    visible: 0,
    inFlight: 0,
    dead: 0,
  });
}

test(
  'G3, G5: a move of all dead letters to their source runs each event once more, each lane in order',
  async () => {
    const ids = await failAll('source');

    await move();

    await expectEachOnceMore('source', ids);
  },
  3 * patienceMs,
);

test(
  'G3, G5: so does a move to the lane queue',
  async () => {
    const ids = await failAll('custom');

    await move(cloud.cloud.queueArn);

    await expectEachOnceMore('custom', ids);
  },
  3 * patienceMs,
);

test(
  'G3, G5: so does a move that is cancelled in the middle and started again',
  async () => {
    const ids = await failAll('cancelled');
    // Slow enough to be caught in the middle.
    await move(undefined, 50);
    await until(async () => (await cloud.deadLetters()) < events, 'some have moved');
    const { TaskHandle } = await newestMove();
    await cloud.sqs.send(new CancelMessageMoveTaskCommand({ TaskHandle }));
    await until(async () => (await newestMove()).Status === 'CANCELLED', 'it is cancelled');
    const left = await cloud.deadLetters();

    await move();

    expect(left).toBeGreaterThan(0);
    await expectEachOnceMore('cancelled', ids);
  },
  3 * patienceMs,
);
