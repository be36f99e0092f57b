import * as z from 'zod';
import { queueSettings } from '../functions/settings.ts';
import type { Config } from '../functions/sources/config.ts';
import { accountId, callAwsJson, region } from './aws-json.ts';

export interface LaneQueues {
  readonly queueUrl: string;
  readonly queueArn: string;
  readonly deadLetterQueueUrl: string;
}

const Created = z.object({ QueueUrl: z.string() });
const deadLetterName = 'hooklane-lanes-dead.fifo';
const laneName = 'hooklane-lanes.fifo';
const arnOf = (name: string): string => `arn:aws:sqs:${region}:${accountId}:${name}`;

/** The lane queue and its dead-letter queue, with the attributes that the configuration asks for now. */
export async function createLaneQueues(endpoint: string, config: Config): Promise<LaneQueues> {
  const settings = queueSettings(config);
  const common = {
    MessageRetentionPeriod: String(settings.retentionSeconds),
    VisibilityTimeout: String(settings.visibilityTimeoutSeconds),
    DeduplicationScope: 'messageGroup',
    FifoThroughputLimit: 'perMessageGroupId',
  };
  const deadLetterQueueUrl = await createQueue(endpoint, deadLetterName, common);
  const queueUrl = await createQueue(endpoint, laneName, {
    ...common,
    RedrivePolicy: JSON.stringify({
      deadLetterTargetArn: arnOf(deadLetterName),
      maxReceiveCount: settings.maxReceiveCount,
    }),
  });
  return { queueUrl, queueArn: arnOf(laneName), deadLetterQueueUrl };
}

// Created with what never changes, the rest set every time: creating an existing queue with other attributes is refused.
async function createQueue(
  endpoint: string,
  name: string,
  attributes: Record<string, string>,
): Promise<string> {
  const created = await callAwsJson(endpoint, 'AmazonSQS.CreateQueue', {
    QueueName: name,
    Attributes: { FifoQueue: 'true' },
  });
  const { QueueUrl } = Created.parse(created);
  await callAwsJson(endpoint, 'AmazonSQS.SetQueueAttributes', { QueueUrl, Attributes: attributes });
  return QueueUrl;
}
