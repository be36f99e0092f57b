import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CreateQueueCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
  type Message,
  type SendMessageCommandOutput,
} from '@aws-sdk/client-sqs';
import { localClientConfig } from '../../local/client-config.ts';
import type { SqsEngineOptions } from '../../local/sqs/engine.ts';
import { startSqs } from '../../local/sqs/server.ts';

/** A started local SQS with the AWS client on it, and a clock that can be put forward. */
export async function startSqsWithClient(options: Pick<SqsEngineOptions, 'limits'> = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'sqs-'));
  let ahead = 0;
  let queues = 0;
  let messages = 0;
  const sqs = await startSqs({
    port: 0,
    path: join(folder, 'sqs.db'),
    now: () => Date.now() + ahead,
    ...options,
  });
  const client = sqsClient(sqs.url);

  return {
    sqs,
    client,
    passSeconds: (seconds: number): void => {
      ahead += seconds * 1000;
    },
    createFifo: (attributes: Record<string, string> = {}): Promise<string> =>
      createQueue(client, `q${++queues}.fifo`, { FifoQueue: 'true', ...attributes }),
    createStandard: (attributes: Record<string, string> = {}): Promise<string> =>
      createQueue(client, `q${++queues}`, attributes),
    send: (
      QueueUrl: string,
      MessageGroupId: string,
      MessageBody: string,
      MessageDeduplicationId = `d${++messages}`,
    ): Promise<SendMessageCommandOutput> =>
      client.send(new SendMessageCommand({ QueueUrl, MessageGroupId, MessageBody, MessageDeduplicationId })),
    receive: (QueueUrl: string, options: ReceiveOptions = {}) => receive(client, QueueUrl, options),
    bodies: async (QueueUrl: string, options: ReceiveOptions = {}): Promise<string[]> =>
      (await receive(client, QueueUrl, options)).map(({ Body = '' }) => Body),
    remove: async (QueueUrl: string, { ReceiptHandle }: Message): Promise<void> => {
      await client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
    },
    attributes: async (QueueUrl: string): Promise<Record<string, string>> =>
      (await client.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }))).Attributes ??
      {},
    stop: async (): Promise<void> => {
      await sqs.close();
      client.destroy();
      rmSync(folder, { recursive: true });
    },
  };
}

type ReceiveOptions = {
  max?: number;
  waitSeconds?: number;
  visibilitySeconds?: number;
  signal?: AbortSignal;
};

export function sqsClient(endpoint: string): SQSClient {
  return new SQSClient({ ...localClientConfig(endpoint), maxAttempts: 1 });
}

async function createQueue(
  client: SQSClient,
  QueueName: string,
  Attributes: Record<string, string>,
): Promise<string> {
  const { QueueUrl = '' } = await client.send(new CreateQueueCommand({ QueueName, Attributes }));
  return QueueUrl;
}

async function receive(client: SQSClient, QueueUrl: string, options: ReceiveOptions): Promise<Message[]> {
  const { max = 10, waitSeconds = 0, visibilitySeconds, signal } = options;
  const { Messages = [] } = await client.send(
    new ReceiveMessageCommand({
      QueueUrl,
      MaxNumberOfMessages: max,
      WaitTimeSeconds: waitSeconds,
      VisibilityTimeout: visibilitySeconds,
      MessageSystemAttributeNames: ['All'],
      MessageAttributeNames: ['All'],
    }),
    signal && { abortSignal: signal },
  );
  return Messages;
}
