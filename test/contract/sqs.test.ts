import {
  CancelMessageMoveTaskCommand,
  ChangeMessageVisibilityBatchCommand,
  ChangeMessageVisibilityCommand,
  CreateQueueCommand,
  DeleteMessageBatchCommand,
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ListMessageMoveTasksCommand,
  ListQueuesCommand,
  PurgeQueueCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SetQueueAttributesCommand,
  StartMessageMoveTaskCommand,
  type QueueAttributeName,
} from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startSqsWithClient } from '../support/sqs-fixture.ts';

let local: Awaited<ReturnType<typeof startSqsWithClient>>;
beforeAll(async () => {
  local = await startSqsWithClient();
});
afterAll(() => local.stop());

function named(name: string): unknown {
  return expect.objectContaining({ name });
}

function post(body: string, target = 'AmazonSQS.SendMessage'): Promise<Response> {
  return fetch(local.sqs.url, { method: 'POST', body, headers: { 'x-amz-target': target } });
}

async function sendAll(queue: string, group: string, ...bodies: string[]): Promise<void> {
  for (const body of bodies) await local.send(queue, group, body);
}

describe('a queue', () => {
  test('is created, found, listed, described, changed and deleted', async () => {
    const { client } = local;
    const Attributes = { FifoQueue: 'true', VisibilityTimeout: '7' };
    const { QueueUrl } = await client.send(new CreateQueueCommand({ QueueName: 'life.fifo', Attributes }));

    const found = await client.send(new GetQueueUrlCommand({ QueueName: 'life.fifo' }));
    const listed = await client.send(new ListQueuesCommand({ QueueNamePrefix: 'life' }));
    await client.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { DelaySeconds: '3' } }));
    const described = await local.attributes(QueueUrl!);
    await client.send(new DeleteQueueCommand({ QueueUrl }));

    expect(found.QueueUrl).toBe(QueueUrl);
    expect(listed.QueueUrls).toEqual([QueueUrl]);
    expect(described).toMatchObject({
      QueueArn: 'arn:aws:sqs:us-east-1:000000000000:life.fifo',
      FifoQueue: 'true',
      VisibilityTimeout: '7',
      DelaySeconds: '3',
      MessageRetentionPeriod: '345600',
      MaximumMessageSize: '1048576',
      ApproximateNumberOfMessages: '0',
    });
    await expect(client.send(new GetQueueUrlCommand({ QueueName: 'life.fifo' }))).rejects.toMatchObject({
      name: 'QueueDoesNotExist',
      message: 'The specified queue does not exist.',
      Code: 'AWS.SimpleQueueService.NonExistentQueue',
    });
  });

  test('answers only with the attributes asked for, and not with unknown ones', async () => {
    const QueueUrl = await local.createFifo();
    const AttributeNames: QueueAttributeName[] = ['VisibilityTimeout', 'FifoQueue'];

    const asked = await local.client.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames }));
    const unknown = await post(
      JSON.stringify({ QueueUrl, AttributeNames: ['Colour'] }),
      'AmazonSQS.GetQueueAttributes',
    );

    expect(asked.Attributes).toEqual({ VisibilityTimeout: '30', FifoQueue: 'true' });
    expect(await unknown.json()).toMatchObject({ __type: 'com.amazonaws.sqs#InvalidAttributeName' });
  });

  test('wants a name that fits its kind', async () => {
    const create = (QueueName: string, Attributes: Record<string, string>) =>
      local.client.send(new CreateQueueCommand({ QueueName, Attributes }));

    await expect(create('fifo-without-suffix', { FifoQueue: 'true' })).rejects.toThrow('.fifo');
    await expect(create('suffix.fifo', {})).rejects.toThrow(named('InvalidParameterValue'));
    await expect(create('a b', {})).rejects.toThrow(named('InvalidParameterValue'));
  });

  test('loses what is in flight too when purged', async () => {
    const queue = await local.createFifo();
    await sendAll(queue, 'A', '1', '2');
    await local.receive(queue, { max: 1 });

    await local.client.send(new PurgeQueueCommand({ QueueUrl: queue }));

    expect(await local.attributes(queue)).toMatchObject({
      ApproximateNumberOfMessages: '0',
      ApproximateNumberOfMessagesNotVisible: '0',
    });
  });
});

describe('a FIFO queue', () => {
  test('hands out as many of a group as fit, in order, then the next group', async () => {
    const queue = await local.createFifo();
    const twelve = Array.from({ length: 12 }, (_, i) => `A${i}`);
    await sendAll(queue, 'A', ...twelve);
    await sendAll(queue, 'B', 'B0', 'B1');

    const first = await local.receive(queue);
    const second = await local.receive(queue);
    const third = await local.receive(queue);
    for (const message of [...first, ...second]) await local.remove(queue, message);

    expect(first.map(({ Body }) => Body)).toEqual(twelve.slice(0, 10));
    expect(second.map(({ Body }) => Body)).toEqual(['B0', 'B1']);
    expect(third).toEqual([]);
    expect(await local.bodies(queue)).toEqual(['A10', 'A11']);
  });

  test('tells the attributes of a message', async () => {
    const queue = await local.createFifo();
    const sent = await local.client.send(
      new SendMessageCommand({
        QueueUrl: queue,
        MessageBody: 'x',
        MessageGroupId: 'A',
        MessageDeduplicationId: 'attributes',
        MessageAttributes: { colour: { DataType: 'String', StringValue: 'red' } },
        MessageSystemAttributes: { AWSTraceHeader: { DataType: 'String', StringValue: 'Root=1-2-3' } },
      }),
    );

    const [message] = await local.receive(queue);

    expect(message).toMatchObject({
      MessageId: sent.MessageId,
      Body: 'x',
      MD5OfBody: '9dd4e461268c8034f5c8564e155c67a6',
      MessageAttributes: { colour: { DataType: 'String', StringValue: 'red' } },
      MD5OfMessageAttributes: sent.MD5OfMessageAttributes,
      Attributes: {
        ApproximateReceiveCount: '1',
        MessageGroupId: 'A',
        MessageDeduplicationId: 'attributes',
        SequenceNumber: sent.SequenceNumber,
        AWSTraceHeader: 'Root=1-2-3',
      },
    });
    expect(message!.Attributes!.SentTimestamp).toMatch(/^\d{13}$/);
    expect(message!.Attributes!.ApproximateFirstReceiveTimestamp).toMatch(/^\d{13}$/);
    expect(sent.SequenceNumber).toMatch(/^\d{20}$/);
  });

  test('has one message of a group in flight at a time, while other groups go on', async () => {
    const queue = await local.createFifo();
    await sendAll(queue, 'C', 'C0', 'C1');
    await sendAll(queue, 'D', 'D0');

    const first = await local.receive(queue, { max: 1 });
    const second = await local.bodies(queue, { max: 1 });
    const third = await local.bodies(queue, { max: 1 });
    await local.remove(queue, first[0]!);

    expect([first[0]!.Body, second, third]).toEqual(['C0', ['D0'], []]);
    expect(await local.bodies(queue, { max: 1 })).toEqual(['C1']);
  });

  test('redelivers in order after the visibility timeout', async () => {
    const queue = await local.createFifo();
    await sendAll(queue, 'E', 'E0', 'E1', 'E2');
    await local.receive(queue, { visibilitySeconds: 5 });

    local.passSeconds(5);
    const again = await local.receive(queue);

    expect(again.map((m) => `${m.Body ?? ''}#${m.Attributes?.ApproximateReceiveCount ?? ''}`)).toEqual([
      'E0#2',
      'E1#2',
      'E2#2',
    ]);
  });

  test('waits for the rest of a group in flight when one message is given back, then keeps the order', async () => {
    const queue = await local.createFifo();
    await sendAll(queue, 'F', 'F0', 'F1', 'F2');
    const messages = await local.receive(queue, { max: 2 });
    const giveBack = (index: number) =>
      local.client.send(
        new ChangeMessageVisibilityCommand({
          QueueUrl: queue,
          ReceiptHandle: messages[index]!.ReceiptHandle,
          VisibilityTimeout: 0,
        }),
      );

    await giveBack(0);
    const whileOneIsInFlight = await local.bodies(queue);
    await giveBack(1);

    expect(whileOneIsInFlight).toEqual([]);
    expect(await local.bodies(queue)).toEqual(['F0', 'F1', 'F2']);
  });

  test('keeps a message hidden for as long as its visibility was extended', async () => {
    const queue = await local.createFifo();
    await sendAll(queue, 'G', 'G0');
    const [message] = await local.receive(queue, { visibilitySeconds: 10 });

    await local.client.send(
      new ChangeMessageVisibilityCommand({
        QueueUrl: queue,
        ReceiptHandle: message!.ReceiptHandle,
        VisibilityTimeout: 30,
      }),
    );
    local.passSeconds(20);
    const early = await local.bodies(queue);
    local.passSeconds(10);

    expect(early).toEqual([]);
    expect(await local.bodies(queue)).toEqual(['G0']);
  });

  test('refuses to delete under a stale receipt, and deletes twice under a good one', async () => {
    const queue = await local.createFifo();
    await sendAll(queue, 'H', 'H0');
    const [stale] = await local.receive(queue, { visibilitySeconds: 5 });
    local.passSeconds(5);
    const expired = local.remove(queue, stale!);
    await expect(expired).rejects.toThrow('The receipt handle has expired');
    const [fresh] = await local.receive(queue);

    await expect(local.remove(queue, stale!)).rejects.toThrow(named('InvalidParameterValue'));
    expect((await local.attributes(queue)).ApproximateNumberOfMessagesNotVisible).toBe('1');

    await local.remove(queue, fresh!);
    await local.remove(queue, fresh!);
    expect((await local.attributes(queue)).ApproximateNumberOfMessagesNotVisible).toBe('0');
  });

  test('refuses to hide what is not in flight, what it never handed out, and beyond twelve hours', async () => {
    const queue = await local.createFifo();
    await sendAll(queue, 'A', '1');
    const [message] = await local.receive(queue, { visibilitySeconds: 60 });
    const hide = (ReceiptHandle: string | undefined, VisibilityTimeout: number) =>
      local.client.send(
        new ChangeMessageVisibilityCommand({ QueueUrl: queue, ReceiptHandle, VisibilityTimeout }),
      );
    local.passSeconds(1);

    await expect(hide(message!.ReceiptHandle, 43_201)).rejects.toThrow(named('InvalidParameterValue'));
    await expect(hide(message!.ReceiptHandle, 43_200)).rejects.toThrow('Total VisibilityTimeout');
    await expect(hide('garbage', 1)).rejects.toThrow(named('ReceiptHandleIsInvalid'));
    local.passSeconds(60);
    await expect(hide(message!.ReceiptHandle, 1)).rejects.toThrow(named('MessageNotInflight'));
  });

  test('drops a second message of the same deduplication id, in any group, even after the first was deleted', async () => {
    const queue = await local.createFifo();
    const first = await local.send(queue, 'I', 'I0', 'same');
    const second = await local.send(queue, 'I', 'I1', 'same');
    const otherGroup = await local.send(queue, 'J', 'J0', 'same');

    const received = await local.receive(queue);
    for (const message of received) await local.remove(queue, message);
    await local.send(queue, 'I', 'I2', 'same');

    expect([second, otherGroup].map((sent) => [sent.MessageId, sent.SequenceNumber])).toEqual(
      [first, first].map((sent) => [sent.MessageId, sent.SequenceNumber]),
    );
    expect(received.map(({ Body }) => Body)).toEqual(['I0']);
    expect(await local.bodies(queue)).toEqual([]);
  });

  test('accepts the deduplication id again after five minutes', async () => {
    const queue = await local.createFifo();
    await local.send(queue, 'I', 'I0', 'same');

    local.passSeconds(300);
    await local.send(queue, 'I', 'I1', 'same');

    expect(await local.bodies(queue)).toEqual(['I0', 'I1']);
  });

  test('deduplicates within a message group where high throughput says so', async () => {
    const queue = await local.createFifo({
      DeduplicationScope: 'messageGroup',
      FifoThroughputLimit: 'perMessageGroupId',
    });
    await local.send(queue, 'I', 'I0', 'same');
    await local.send(queue, 'J', 'J0', 'same');
    await local.send(queue, 'I', 'I1', 'same');

    expect(await local.bodies(queue)).toEqual(['I0', 'J0']);
  });

  test('wants a group, and a deduplication id or one from the content', async () => {
    const queue = await local.createFifo();
    const send = (fields: { MessageGroupId?: string; MessageDeduplicationId?: string }) =>
      local.client.send(new SendMessageCommand({ QueueUrl: queue, MessageBody: 'x', ...fields }));

    await expect(send({ MessageDeduplicationId: 'd' })).rejects.toMatchObject({
      name: 'MissingParameter',
      message: 'The request must contain the parameter MessageGroupId.',
    });
    await expect(send({ MessageGroupId: 'g' })).rejects.toThrow(named('InvalidParameterValue'));
  });
});

describe('a standard queue', () => {
  test('hands out messages of one group side by side and delays single ones', async () => {
    const { client } = local;
    const QueueUrl = await local.createStandard();
    for (const MessageBody of ['1', '2']) {
      await client.send(new SendMessageCommand({ QueueUrl, MessageBody, MessageGroupId: 'tenant' }));
    }
    await client.send(new SendMessageCommand({ QueueUrl, MessageBody: '3', DelaySeconds: 60 }));

    const first = await local.bodies(QueueUrl, { max: 1 });
    const second = await local.bodies(QueueUrl);
    local.passSeconds(60);

    expect([first, second]).toEqual([['1'], ['2']]);
    expect(await local.bodies(QueueUrl)).toContain('3');
  });
});

describe('dead-lettering and move tasks', () => {
  async function withPoison() {
    const dead = await local.createFifo();
    const deadArn = (await local.attributes(dead)).QueueArn!;
    const queue = await local.createFifo({
      RedrivePolicy: JSON.stringify({ deadLetterTargetArn: deadArn, maxReceiveCount: 2 }),
    });
    const poison = await local.send(queue, 'Z', 'Z0', 'poison');
    await local.send(queue, 'Z', 'Z1');
    const log: string[] = [];
    for (let i = 0; i < 3; i++) {
      for (const { Body, Attributes } of await local.receive(queue, { max: 1, visibilitySeconds: 5 })) {
        log.push(`${Body ?? ''}#${Attributes?.ApproximateReceiveCount ?? ''}`);
      }
      local.passSeconds(5);
    }
    return { dead, deadArn, queue, queueArn: (await local.attributes(queue)).QueueArn!, poison, log };
  }

  test('a message received too often goes to the dead-letter queue and its followers go on', async () => {
    const { dead, queueArn, poison, log } = await withPoison();

    const [message] = await local.receive(dead);

    expect(log).toEqual(['Z0#1', 'Z0#2', 'Z1#1']);
    expect(message).toMatchObject({
      MessageId: poison.MessageId,
      Body: 'Z0',
      Attributes: {
        MessageGroupId: 'Z',
        MessageDeduplicationId: 'poison',
        DeadLetterQueueSourceArn: queueArn,
      },
    });
    expect(message!.Attributes!.SequenceNumber! > poison.SequenceNumber!).toBe(true);
  });

  test('a move task brings it back as a new message of the same content', async () => {
    const { dead, deadArn, queue, poison } = await withPoison();

    const { TaskHandle } = await local.client.send(new StartMessageMoveTaskCommand({ SourceArn: deadArn }));
    const { Results } = await local.client.send(new ListMessageMoveTasksCommand({ SourceArn: deadArn }));
    const back = (await local.receive(queue)).find(({ Body }) => Body === 'Z0');

    expect(TaskHandle).toEqual(expect.any(String));
    expect(Results).toMatchObject([
      { Status: 'COMPLETED', SourceArn: deadArn, ApproximateNumberOfMessagesMoved: 1 },
    ]);
    expect(back).toMatchObject({
      Attributes: {
        ApproximateReceiveCount: '1',
        MessageGroupId: 'Z',
        MessageDeduplicationId: 'poison',
      },
    });
    expect(back!.MessageId).not.toBe(poison.MessageId);
    expect(back!.Attributes).not.toHaveProperty('DeadLetterQueueSourceArn');
    expect(await local.bodies(dead)).toEqual([]);
  });

  test('of two queues with one dead-letter queue, each gets its own back, in order, also from two move tasks', async () => {
    const dead = await local.createFifo();
    const deadArn = (await local.attributes(dead)).QueueArn;
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: deadArn, maxReceiveCount: 1 });
    const sources = [await local.createFifo({ RedrivePolicy }), await local.createFifo({ RedrivePolicy })];
    for (const queue of sources) {
      await sendAll(queue, 'G', '1', '2', '3');
      await local.receive(queue, { visibilitySeconds: 0 });
      expect(await local.bodies(queue)).toEqual([]);
    }
    const start = (MaxNumberOfMessagesPerSecond: number) =>
      local.client.send(
        new StartMessageMoveTaskCommand({ SourceArn: deadArn, MaxNumberOfMessagesPerSecond }),
      );

    const { TaskHandle } = await start(2);
    const cancelled = await local.client.send(new CancelMessageMoveTaskCommand({ TaskHandle }));
    await start(500);

    expect(cancelled.ApproximateNumberOfMessagesMoved).toBe(2);
    for (const queue of sources) expect(await local.bodies(queue)).toEqual(['1', '2', '3']);
    expect(await local.bodies(dead)).toEqual([]);
  });

  test('a slow move task can be cancelled, and goes on by itself until then', async () => {
    const { dead, deadArn } = await withPoison();
    await sendAll(dead, 'by-hand', '1', '2', '3', '4');
    const target = await local.createFifo();
    const DestinationArn = (await local.attributes(target)).QueueArn;

    const { TaskHandle } = await local.client.send(
      new StartMessageMoveTaskCommand({
        SourceArn: deadArn,
        DestinationArn,
        MaxNumberOfMessagesPerSecond: 1,
      }),
    );
    const atOnce = await local.receive(target);
    const oneSecondLater = await local.receive(target, { waitSeconds: 5 });
    const again = local.client.send(new StartMessageMoveTaskCommand({ SourceArn: deadArn }));
    await expect(again).rejects.toThrow('There is already a task running');
    const cancelled = await local.client.send(new CancelMessageMoveTaskCommand({ TaskHandle }));

    expect([atOnce.length, oneSecondLater.length]).toEqual([1, 1]);
    expect(cancelled.ApproximateNumberOfMessagesMoved).toBe(2);
    const unknown = local.client.send(new CancelMessageMoveTaskCommand({ TaskHandle: 'garbage' }));
    await expect(unknown).rejects.toThrow(named('ResourceNotFoundException'));
  });
});

describe('a long poll', () => {
  test.each(['send', 'delete', 'visibility', 'timeout'] as const)('wakes on a %s', async (cause) => {
    const queue = await local.createFifo();
    await local.send(queue, 'A', 'first');
    const [first] = await local.receive(queue, { visibilitySeconds: cause === 'timeout' ? 1 : 30 });
    await local.send(queue, 'A', 'second');
    const { ReceiptHandle } = first!;
    const startedAt = performance.now();
    const poll = local.bodies(queue, { waitSeconds: 10 });
    await new Promise((resolve) => setTimeout(resolve, 50));

    switch (cause) {
      case 'send':
        await local.send(queue, 'B', 'third');
        break;
      case 'delete':
        await local.remove(queue, first!);
        break;
      case 'visibility':
        await local.client.send(
          new ChangeMessageVisibilityCommand({ QueueUrl: queue, ReceiptHandle, VisibilityTimeout: 0 }),
        );
        break;
      case 'timeout':
    }

    const expected = {
      send: ['third'],
      delete: ['second'],
      visibility: ['first', 'second'],
      timeout: ['first', 'second'],
    };
    expect(await poll).toEqual(expected[cause]);
    expect(performance.now() - startedAt).toBeLessThan(cause === 'timeout' ? 2000 : 1000);
  });

  test('ends without messages when its time is up', async () => {
    const queue = await local.createFifo();
    const startedAt = performance.now();

    expect(await local.bodies(queue, { waitSeconds: 1 })).toEqual([]);
    expect(performance.now() - startedAt).toBeGreaterThan(950);
  });

  test('takes nothing for a client that went away', async () => {
    const queue = await local.createFifo();
    const client = new AbortController();
    const poll = local.bodies(queue, { waitSeconds: 20, signal: client.signal });
    await new Promise((resolve) => setTimeout(resolve, 50));
    client.abort();
    await expect(poll).rejects.toThrow(named('AbortError'));
    await new Promise((resolve) => setTimeout(resolve, 50));

    await local.send(queue, 'A', '1');

    expect(await local.bodies(queue)).toEqual(['1']);
  });

  test('waits while too much is in flight, or what is free lies behind what is searched, and wakes when that ends', async () => {
    const small = await startSqsWithClient({ limits: { inFlight: 1, searched: 2 } });
    const queue = await small.createFifo();
    for (const body of ['A1', 'A2']) await small.send(queue, 'A', body);
    await small.send(queue, 'B', 'B1');
    const [first] = await small.receive(queue);

    const poll = small.bodies(queue, { waitSeconds: 10 });
    await new Promise((resolve) => setTimeout(resolve, 50));
    await small.remove(queue, first!);
    const second = await poll;
    const nothing = await small.bodies(queue, { waitSeconds: 1 });

    expect([first!.Body, second, nothing]).toEqual(['A1', ['A2'], []]);
    await small.stop();
  });

  test('shares the messages of several groups among those who wait, in the order they came', async () => {
    const queue = await local.createFifo();
    const polls = [1, 2, 3].map(() => local.bodies(queue, { max: 1, waitSeconds: 5 }));
    await new Promise((resolve) => setTimeout(resolve, 50));

    for (const group of ['A', 'B', 'C']) await local.send(queue, group, group);

    expect((await Promise.all(polls)).flat().sort()).toEqual(['A', 'B', 'C']);
  });

  test('on a dead-letter queue wakes when a message arrives there', async () => {
    const dead = await local.createFifo();
    const deadLetterTargetArn = (await local.attributes(dead)).QueueArn;
    const queue = await local.createFifo({
      RedrivePolicy: JSON.stringify({ deadLetterTargetArn, maxReceiveCount: 1 }),
    });
    await local.send(queue, 'A', 'poison');
    await local.receive(queue, { visibilitySeconds: 0 });
    const poll = local.bodies(dead, { waitSeconds: 5 });
    await new Promise((resolve) => setTimeout(resolve, 50));

    await local.receive(queue);

    expect(await poll).toEqual(['poison']);
  });

  test('is answered with nothing when the server closes', async () => {
    const closing = await startSqsWithClient();
    const poll = closing.bodies(await closing.createFifo(), { waitSeconds: 20 });
    await new Promise((resolve) => setTimeout(resolve, 50));

    await closing.stop();

    expect(await poll).toEqual([]);
  });

  test('is the queue’s own default where it has one', async () => {
    const queue = await local.createFifo({ ReceiveMessageWaitTimeSeconds: '1' });
    const startedAt = performance.now();

    await local.client.send(new ReceiveMessageCommand({ QueueUrl: queue }));

    expect(performance.now() - startedAt).toBeGreaterThan(950);
  });
});

describe('a batch', () => {
  const entry = (Id: string, MessageGroupId: string | undefined = 'A') => ({
    Id,
    MessageBody: Id,
    MessageGroupId,
    MessageDeduplicationId: Id,
  });
  const sendBatch = (QueueUrl: string, ids: string[]) =>
    local.client.send(new SendMessageBatchCommand({ QueueUrl, Entries: ids.map((id) => entry(id)) }));

  test('of ten is sent, hidden and deleted in order', async () => {
    const queue = await local.createFifo();
    const ids = Array.from({ length: 10 }, (_, i) => `m${i}`);

    const sent = await sendBatch(queue, ids);
    const received = await local.receive(queue);
    const Entries = received.map(({ ReceiptHandle }, i) => ({ Id: `e${i}`, ReceiptHandle }));
    const hidden = await local.client.send(
      new ChangeMessageVisibilityBatchCommand({
        QueueUrl: queue,
        Entries: Entries.map((receipt) => ({ ...receipt, VisibilityTimeout: 60 })),
      }),
    );
    const deleted = await local.client.send(new DeleteMessageBatchCommand({ QueueUrl: queue, Entries }));

    expect(sent.Successful?.map(({ Id }) => Id)).toEqual(ids);
    expect(received.map(({ Body }) => Body)).toEqual(ids);
    expect([hidden.Successful?.length, deleted.Successful?.length]).toEqual([10, 10]);
    expect((await local.attributes(queue)).ApproximateNumberOfMessagesNotVisible).toBe('0');
  });

  test('fails entry by entry', async () => {
    const QueueUrl = await local.createFifo();

    const sent = await local.client.send(
      new SendMessageBatchCommand({
        QueueUrl,
        Entries: [
          entry('good'),
          { Id: 'bad', MessageBody: 'x', MessageDeduplicationId: 'x' },
          entry('also-good'),
        ],
      }),
    );
    const deleted = await local.client.send(
      new DeleteMessageBatchCommand({ QueueUrl, Entries: [{ Id: 'e', ReceiptHandle: 'garbage' }] }),
    );

    expect(sent.Successful?.map(({ Id }) => Id)).toEqual(['good', 'also-good']);
    expect(sent.Failed).toMatchObject([{ Id: 'bad', Code: 'MissingParameter', SenderFault: true }]);
    expect(deleted.Failed).toMatchObject([{ Id: 'e', Code: 'ReceiptHandleIsInvalid', SenderFault: true }]);
    expect(await local.bodies(QueueUrl)).toEqual(['good', 'also-good']);
  });

  test('is refused whole when it is empty, too long, too large or not distinct', async () => {
    const queue = await local.createFifo();
    const eleven = Array.from({ length: 11 }, (_, i) => `m${i}`);
    const large = { MessageBody: 'x'.repeat(600_000) };
    const tooLarge = [
      { ...entry('a'), ...large },
      { ...entry('b'), ...large },
    ];

    await expect(sendBatch(queue, [])).rejects.toThrow(named('EmptyBatchRequest'));
    await expect(sendBatch(queue, eleven)).rejects.toThrow(named('TooManyEntriesInBatchRequest'));
    await expect(sendBatch(queue, ['a', 'a'])).rejects.toThrow(named('BatchEntryIdsNotDistinct'));
    await expect(sendBatch(queue, ['a b'])).rejects.toThrow(named('InvalidBatchEntryId'));
    await expect(
      local.client.send(new SendMessageBatchCommand({ QueueUrl: queue, Entries: tooLarge })),
    ).rejects.toThrow(named('BatchRequestTooLong'));
    expect(await local.bodies(queue)).toEqual([]);
  });
});

describe('a malformed request', () => {
  test.each([
    ['no JSON', '{"QueueUrl":', 'SerializationException'],
    ['a list', '[]', 'SerializationException'],
    ['null', 'null', 'SerializationException'],
    ['nothing', '', 'SerializationException'],
    ['no queue', '{"MessageBody":"x"}', 'MissingParameter'],
    ['no body', '{"QueueUrl":"http://127.0.0.1/0/q"}', 'MissingParameter'],
    ['a body of another type', '{"QueueUrl":"q","MessageBody":1}', 'SerializationException'],
    ['an unknown queue', '{"QueueUrl":"nowhere","MessageBody":"x"}', 'QueueDoesNotExist'],
    [
      'a queue named as a member of Object',
      '{"QueueUrl":"__proto__","MessageBody":"x"}',
      'QueueDoesNotExist',
    ],
  ])('with %s is refused by name', async (_, body, name) => {
    const response = await post(body);

    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ __type: `com.amazonaws.sqs#${name}` });
  });

  test('that is no operation of SQS, or too large, is refused by name', async () => {
    const unknown = await post('{}', 'AmazonSQS.constructor');
    const get = await fetch(local.sqs.url);
    const large = await post('x'.repeat(9 * 1_048_576));

    for (const response of [unknown, get]) {
      expect(response.status).toBe(400);
      expect(await response.json()).toMatchObject({ __type: 'com.amazonaws.sqs#UnknownOperationException' });
    }
    expect(await large.json()).toMatchObject({ __type: 'com.amazonaws.sqs#RequestEntityTooLarge' });
  });

  test.each([
    ['MaxNumberOfMessages', { MaxNumberOfMessages: 11 }],
    ['MaxNumberOfMessages', { MaxNumberOfMessages: 0 }],
    ['VisibilityTimeout', { VisibilityTimeout: 43_201 }],
    ['WaitTimeSeconds', { WaitTimeSeconds: 21 }],
  ])('with %s out of range is refused', async (parameter, options) => {
    const QueueUrl = await local.createFifo();

    const receive = local.client.send(new ReceiveMessageCommand({ QueueUrl, ...options }));

    await expect(receive).rejects.toThrow(`for parameter ${parameter} is invalid`);
  });
});
