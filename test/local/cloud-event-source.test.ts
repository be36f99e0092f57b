import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  GetQueueAttributesCommand,
  PurgeQueueCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { localClientConfig } from '../../local/client-config.ts';
import type { Cloud } from '../../local/start-cloud.ts';
import { startObedientCloud } from './fixtures/obedient-cloud.ts';
import { temporaryFolder } from './fixtures/temporary-folder.ts';
import { until } from './fixtures/until.ts';

const folder = temporaryFolder();
const traceFile = join(folder, 'trace');
let cloud: Cloud;
let sqs: SQSClient;

beforeAll(async () => {
  cloud = await startObedientCloud({
    dataFolder: join(folder, 'data'),
    environment: { TRACE_FILE: traceFile },
    workers: 4,
    drainMs: 0,
  });
  sqs = new SQSClient(localClientConfig(cloud.sqs));
});
afterAll(async () => {
  sqs.destroy();
  await cloud.close();
});

const send = (group: string, order: object) =>
  sqs.send(
    new SendMessageCommand({
      QueueUrl: cloud.queueUrl,
      MessageGroupId: group,
      MessageDeduplicationId: randomUUID(),
      MessageBody: JSON.stringify(order),
    }),
  );

/** Messages that can be received, and those that were and are not deleted. */
async function inQueue(): Promise<{ visible: number; inFlight: number }> {
  const names = ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'] as const;
  const { Attributes = {} } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl: cloud.queueUrl, AttributeNames: [...names] }),
  );
  return { visible: Number(Attributes[names[0]]), inFlight: Number(Attributes[names[1]]) };
}

const isEmpty = async () => {
  const { visible, inFlight } = await inQueue();
  return visible + inFlight === 0;
};

const trace = () => (existsSync(traceFile) ? readFileSync(traceFile, 'utf8').trim().split('\n') : []);

afterEach(async () => {
  await until(isEmpty, 'the queue is empty', 15_000);
});

test('messages of a group run one by one in order, groups side by side, no more than the configuration allows', async () => {
  const groups = ['a', 'b', 'c', 'd'];
  for (const n of [1, 2, 3]) {
    for (const group of groups) await send(group, { do: 'trace', value: `${group}${n}`, ms: 300 });
  }
  await until(isEmpty, 'everything ran');

  const steps = trace().map((line) => line.split(' '));
  for (const group of groups) {
    const ofGroup = steps.filter(([, value = '']) => value.startsWith(group));
    expect(ofGroup.map(([step, value]) => `${step} ${value}`)).toEqual(
      [1, 2, 3].flatMap((n) => [`start ${group}${n}`, `end ${group}${n}`]),
    );
  }
  let running = 0;
  const atOnce = steps.map(([step]) => (running += step === 'start' ? 1 : -1));
  // The configuration allows 3, of 4 workers.
  expect(Math.max(...atOnce)).toBe(3);
});

test.each([
  ['reported as failed', { do: 'report' }, 200],
  ['whose function throws', { do: 'throw' }, 200],
  ['whose function crashes', { do: 'exit' }, 200],
  ['whose function takes too long', { do: 'hang', ms: 60_000 }, 3500],
])(
  'a message %s stays in flight until its visibility timeout, and delays no other group',
  async (_, order, settledAfterMs) => {
    const before = trace().length;
    await send(`failing-${randomUUID()}`, order);
    await until(async () => (await inQueue()).inFlight === 1, 'the message is in flight');

    await send('other', { do: 'trace', value: 'other' });
    await until(() => trace().length === before + 2, 'another group runs');
    await until(async () => (await inQueue()).inFlight === 1, 'only the failed one is left');

    // Time enough for a poller that would wrongly delete it or make it visible.
    await sleep(settledAfterMs);
    expect(await inQueue()).toEqual({ visible: 0, inFlight: 1 });
    await purge();
  },
);

async function purge(): Promise<void> {
  await sqs.send(new PurgeQueueCommand({ QueueUrl: cloud.queueUrl }));
}
