import {
  CreateQueueCommand,
  DeleteMessageCommand,
  PurgeQueueCommand,
  ReceiveMessageCommand,
  StartMessageMoveTaskCommand,
} from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as z from 'zod';
import { startSinkCloud, type SinkCloud } from './fixtures/sink-cloud.ts';
import { startSink } from './fixtures/sink.ts';
import { temporaryFolder } from './fixtures/temporary-folder.ts';
import { until } from './fixtures/until.ts';

let cloud: SinkCloud;
let answer = 422;
const dataFolder = temporaryFolder();
beforeAll(async () => {
  cloud = await startSinkCloud({ dataFolder, sink: await startSink({ defaultAnswer: () => answer }) });
});
afterAll(() => cloud.close());

/** Two failed events that hold their lanes, with a follower each, and their letters in the dead-letter queue. */
async function failTwo(round: string): Promise<readonly string[]> {
  answer = 422;
  const ids = [1, 2].map((n) => `${round}-${n}`);
  for (const id of ids) {
    await cloud.send('held', { id, type: 'paid', entity: id });
    await cloud.untilState(`held#${id}`, 'failed');
    await cloud.send('held', { id: `${id}-behind`, type: 'paid', entity: id });
    await cloud.untilState(`held#${id}-behind`, 'waiting');
  }
  await until(async () => (await cloud.deadLetters()) === 2, 'both letters are there');
  answer = 200;
  return ids;
}

const listed = z.object({ items: z.array(z.object({ eventId: z.string(), reason: z.string() })) });

async function onTheList(): Promise<readonly string[]> {
  const { items } = listed.parse(await (await fetch(`${cloud.cloud.url}/ops/attention`)).json());
  return items.map(({ eventId, reason }) => `${eventId}: ${reason}`).sort();
}

const because = (ids: readonly string[]) => ids.map((id) => `${id}: permanent-error`);

/** As the list says: without its letter an event is redriven by itself, before what waits behind it. */
async function redriveAll(ids: readonly string[]): Promise<void> {
  for (const id of ids) {
    const redriven = await fetch(`${cloud.cloud.url}/ops/events/held/${id}/redrive`, {
      method: 'POST',
      body: JSON.stringify({ reason: 'its letter is gone' }),
    });
    expect(redriven.status).toBe(200);
    await cloud.untilState(`held#${id}-behind`, 'processed');
    expect(await cloud.effectsOf(`held#${id}`)).toEqual([id, `${id}-behind`]);
  }
  expect(await onTheList()).toEqual([]);
}

const deadLetterUrl = () => cloud.cloud.deadLetterQueueUrl;

const lostLetters: readonly (readonly [string, () => Promise<unknown>, number])[] = [
  [
    'deletes one message',
    async () => {
      const { Messages = [] } = await cloud.sqs.send(
        new ReceiveMessageCommand({ QueueUrl: deadLetterUrl() }),
      );
      const [{ ReceiptHandle } = {}] = Messages;
      await cloud.sqs.send(new DeleteMessageCommand({ QueueUrl: deadLetterUrl(), ReceiptHandle }));
    },
    1,
  ],
  ['purges the queue', () => cloud.sqs.send(new PurgeQueueCommand({ QueueUrl: deadLetterUrl() })), 0],
  [
    'moves all to a queue of their own',
    async () => {
      await cloud.sqs.send(
        new CreateQueueCommand({ QueueName: 'elsewhere.fifo', Attributes: { FifoQueue: 'true' } }),
      );
      const SourceArn = cloud.cloud.deadLetterQueueArn;
      const DestinationArn = SourceArn.replace(/[^:]+$/, 'elsewhere.fifo');
      await cloud.sqs.send(new StartMessageMoveTaskCommand({ SourceArn, DestinationArn }));
    },
    0,
  ],
];

test.each(lostLetters)(
  'G7, G8: whoever %s in the SQS console finds the events on the attention list, and redrives them by it',
  async (what, act, left) => {
    const ids = await failTwo(what.split(' ')[0] ?? '');

    await act();
    await until(async () => (await cloud.deadLetters()) === left, `${left} letters are left`);

    expect(await onTheList()).toEqual(because(ids));
    await redriveAll(ids);
    // The letter that was left is of an event that has moved on.
    await cloud.sqs.send(new PurgeQueueCommand({ QueueUrl: deadLetterUrl() }));
  },
);
