import {
  PurgeQueueCommand,
  SetQueueAttributesCommand,
  StartMessageMoveTaskCommand,
} from '@aws-sdk/client-sqs';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { queueSettings } from '../../functions/runtime/queue-settings.ts';
import { startKilledCloud, type KilledCloud } from './fixtures/killed-cloud.ts';
import { sweepLater } from './fixtures/sweep-later.ts';
import { temporaryFolder } from './fixtures/temporary-folder.ts';
import { until } from './fixtures/until.ts';

/** The visibility timeout, and time for a busy machine. */
const redeliveredWithinMs = 30_000;

let cloud: KilledCloud;
const dataFolder = temporaryFolder();
beforeAll(async () => void (cloud = await startKilledCloud({ dataFolder })));
afterAll(() => cloud.close());

// Each looks at its own letters.
afterEach(() => cloud.sqs.send(new PurgeQueueCommand({ QueueUrl: cloud.cloud.deadLetterQueueUrl })));

const kill = (name: 'processor' | 'dead-letter') => {
  for (const pid of cloud.cloud.functionPids()[name] ?? []) process.kill(pid, 'SIGKILL');
};
const send = (source: string, id: string, entity: string) => cloud.send(source, { id, type: 'paid', entity });
const act = (event: string, action: string) =>
  fetch(`${cloud.cloud.url}/ops/events/${event.replace('#', '/')}/${action}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ reason: 'repaired' }),
  });
const move = () =>
  cloud.sqs.send(new StartMessageMoveTaskCommand({ SourceArn: cloud.cloud.deadLetterQueueArn }));

async function untilQueueIsEmpty(): Promise<void> {
  await until(
    async () => {
      const { visible, inFlight } = await cloud.queued();
      return visible + inFlight === 0;
    },
    'the queue is empty',
    redeliveredWithinMs,
  );
}

/** A transaction of the ledger that says this is committed, and whoever made it is killed before it hears of it. */
async function killAfterWriting(what: string, name: 'processor' | 'dead-letter'): Promise<void> {
  await cloud.database.swallow({ target: 'TransactWriteItems', contains: what, what: 'answer' });
  kill(name);
}

test('G3, G8: a processor that is killed while it parks an event leaves it parked once', async () => {
  cloud.sink.answer('held#parks', () => 422);
  await send('held', 'parks', 'parks');
  await cloud.untilState('held#parks', 'failed');
  const killed = killAfterWriting('WAIT#', 'processor');
  await send('held', 'parks-f1', 'parks');
  await killed;
  await send('held', 'parks-f2', 'parks');
  await untilQueueIsEmpty();
  cloud.sink.answer('held#parks', () => 200);

  await act('held#parks', 'redrive');

  await cloud.untilRest(['held#parks', 'held#parks-f1', 'held#parks-f2']);
  expect(await cloud.effectsOf('held#parks')).toEqual(['parks', 'parks-f1', 'parks-f2']);
  const { entries } = await cloud.record('held#parks-f1');
  expect(entries.map(({ state }) => state)).toEqual(['waiting', 'processing', 'processed']);
}, 90_000);

test('G3, G8: a processor that is killed while it acknowledges a long delay leaves no message, and the retry runs once', async () => {
  cloud.sink.answer('open#delays', () => 503);
  const killed = killAfterWriting('parked', 'processor');
  await send('open', 'delays', 'delays');
  await killed;
  await send('open', 'delays-f1', 'delays');
  await untilQueueIsEmpty();
  expect(await cloud.stateOf('open#delays')).toBe('retrying');
  cloud.sink.answer('open#delays', () => 200);

  await act('open#delays', 'redrive');

  await cloud.untilRest(['open#delays', 'open#delays-f1']);
  expect(await cloud.effectsOf('open#delays')).toEqual(['delays', 'delays-f1']);
  expect(cloud.sink.of('open#delays')).toHaveLength(2);
}, 90_000);

test('G7, G8: a processor that is killed before it sends the dead letter leaves a promise, which the sweeper keeps', async () => {
  cloud.sink.answer('open#unsent', () => 422);
  const swallowed = cloud.queues.swallow({ target: 'SendMessage', contains: 'deadLetter', what: 'request' });
  await send('open', 'unsent', 'unsent');
  await swallowed;
  kill('processor');
  await untilQueueIsEmpty();
  expect(await cloud.stateOf('open#unsent')).toBe('failed');
  expect(await cloud.deadLetters()).toBe(0);

  await sweepLater(cloud.cloud);

  await until(async () => (await cloud.deadLetters()) === 1, 'its letter is there', redeliveredWithinMs);
  cloud.sink.answer('open#unsent', () => 200);
  await move();
  await cloud.untilState('open#unsent', 'processed');
  expect(await cloud.effectsOf('open#unsent')).toEqual(['unsent']);
  await until(async () => (await cloud.deadLetters()) === 0, 'no letter is left');
}, 90_000);

test('G5, G7: a letter whose function is killed once it has noted it is in the dead-letter queue, and a move runs its event once', async () => {
  cloud.sink.answer('open#noted', () => 422);
  const killed = killAfterWriting('dead-lettered', 'dead-letter');
  await send('open', 'noted', 'noted');
  await killed;

  await until(async () => (await cloud.deadLetters()) === 1, 'its letter is there', redeliveredWithinMs);

  cloud.sink.answer('open#noted', () => 200);
  await move();
  await cloud.untilState('open#noted', 'processed');
  expect(cloud.sink.of('open#noted')).toHaveLength(2);
}, 90_000);

test('G5, G8: a letter whose function is killed while it redrives leaves an event that runs once, and no letter', async () => {
  cloud.sink.answer('open#redriven', () => 422);
  await send('open', 'redriven', 'redriven');
  await until(async () => (await cloud.deadLetters()) === 1, 'its letter is there', redeliveredWithinMs);
  cloud.sink.answer('open#redriven', () => 200);
  const killed = killAfterWriting('reopened', 'dead-letter');
  await move();
  await killed;
  expect(await cloud.stateOf('open#redriven')).toBe('reopened');
  await until(async () => (await cloud.deadLetters()) === 1, 'its letter is back', redeliveredWithinMs);

  await sweepLater(cloud.cloud);

  await cloud.untilState('open#redriven', 'processed');
  expect(cloud.sink.of('open#redriven')).toHaveLength(2);
  expect(await cloud.deadLetters()).toBe(0);
}, 90_000);

test('G3, G8: an event whose processor is killed in its handler runs again within 15 s of the end of its lease', async () => {
  const Attributes = {
    VisibilityTimeout: String(queueSettings(cloud.cloud.config).visibilityTimeoutSeconds),
  };
  await cloud.sqs.send(new SetQueueAttributesCommand({ QueueUrl: cloud.cloud.queueUrl, Attributes }));
  const held = cloud.sink.hold('open#killed');
  await send('open', 'killed', 'killed');
  const { call } = await held;
  const lease = (await cloud.record('open#killed')).entries.find(({ state }) => state === 'processing');
  if (lease?.state !== 'processing') throw new Error('it runs');

  process.kill(call.pid, 'SIGKILL');

  await cloud.untilState('open#killed', 'processed', 60_000);
  const again = cloud.sink.of('open#killed')[1]?.startedAt ?? Infinity;
  console.info(`ran again ${again - lease.leaseUntil.getTime()} ms after the end of its lease`);
  expect(again - lease.leaseUntil.getTime()).toBeLessThan(15_000);
}, 90_000);
