import { randomUUID } from 'node:crypto';
import {
  CreateQueueCommand,
  DeleteMessageCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { minuteKey } from '../functions/ledger/keys.ts';
import { localClientConfig } from '../local/client-config.ts';
import { databaseAt } from './database-at.ts';
import { underLoad, type Figures } from './load.ts';
import { between, total, type Usage } from './usage.ts';

/**
 * The requests that one event cannot do without, straight at the same services, by the same SDK, in this process: what would be left if
 * our code, its processes and the gateway cost nothing.
 */
export async function baseline(
  endpoints: { readonly dynamodb: string; readonly sqs: string },
  events: number,
  senders: number,
  look: () => Usage,
): Promise<{
  readonly acknowledging: Figures;
  readonly processing: Figures;
  /** Processor time of an event, of this process and of the services. */
  readonly cpuMs: number;
}> {
  const dynamodb = databaseAt(endpoints.dynamodb);
  const sqs = new SQSClient(localClientConfig(endpoints.sqs));
  const { QueueUrl } = await sqs.send(
    new CreateQueueCommand({
      QueueName: 'bench-baseline.fifo',
      Attributes: {
        FifoQueue: 'true',
        DeduplicationScope: 'messageGroup',
        FifoThroughputLimit: 'perMessageGroupId',
      },
    }),
  );

  const put = (pk: string, sk: string, more: object = {}) =>
    dynamodb.send(
      new PutCommand({
        TableName: 'hooklane-ledger',
        Item: { pk, sk, nonce: randomUUID(), ...more },
        ConditionExpression: 'attribute_not_exists(pk)',
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      }),
    );
  const before = { usage: look(), own: process.cpuUsage() };
  const acknowledging = await underLoad(events, senders, async (n) => {
    const acceptedAt = new Date();
    const indexed = {
      lane: `baseline#${n % 100}`,
      minute: minuteKey('baseline', acceptedAt, 0),
      acceptedAt: acceptedAt.toISOString(),
    };
    await put(`baseline#${n}`, 'EVENT', { ...indexed, body: Buffer.alloc(400, 'x') });
    await sqs.send(
      new SendMessageCommand({
        QueueUrl,
        MessageBody: String(n),
        MessageGroupId: `lane-${n % 100}`,
        MessageDeduplicationId: randomUUID(),
      }),
    );
  });
  const processing = await underLoad(events, 4, async () => {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl, MessageSystemAttributeNames: ['All'], WaitTimeSeconds: 1 }),
    );
    const [message] = Messages;
    if (message === undefined) return;
    const pk = `baseline#${message.Body ?? ''}`;
    await dynamodb.send(
      new QueryCommand({
        TableName: 'hooklane-ledger',
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': pk },
        ConsistentRead: true,
      }),
    );
    await put(pk, 'LOG#000001');
    await put(pk, 'LOG#000002');
    await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: message.ReceiptHandle }));
  });
  const { user, system } = process.cpuUsage(before.own);
  const cpuMs = ((user + system) / 1000 + total(between(before.usage, look())) * 1000) / events;
  dynamodb.destroy();
  sqs.destroy();
  return { acknowledging, processing, cpuMs };
}
