import * as z from 'zod';
import { queueSettings } from '../../functions/runtime/queue-settings.ts';
import type { Config } from '../../functions/config/config.ts';
import { accountId, region } from '../aws-json.ts';
import type { CallSqs } from './server.ts';

export interface LaneQueues {
  readonly queueUrl: string;
  readonly queueArn: string;
  readonly feederUrl: string;
  readonly feederArn: string;
  readonly deadLetterQueueUrl: string;
  readonly deadLetterQueueArn: string;
}

const Created = z.object({ QueueUrl: z.string() });
const deadLetterName = 'hooklane-lanes-dead.fifo';
const feederName = 'hooklane-feeder.fifo';
const laneName = 'hooklane-lanes.fifo';
const arnOf = (name: string): string => `arn:aws:sqs:${region}:${accountId}:${name}`;

/** The lane queue, the feeder and the dead-letter queue of both, with the attributes that the configuration asks for now. */
export async function createLaneQueues(call: CallSqs, config: Config): Promise<LaneQueues> {
  const { retentionSeconds, feeder, ...lanes } = queueSettings(config);
  const common = {
    MessageRetentionPeriod: String(retentionSeconds),
    DeduplicationScope: 'messageGroup',
    FifoThroughputLimit: 'perMessageGroupId',
  };
  const delivered = (settings: typeof feeder) => ({
    ...common,
    VisibilityTimeout: String(settings.visibilityTimeoutSeconds),
    RedrivePolicy: JSON.stringify({
      deadLetterTargetArn: arnOf(deadLetterName),
      maxReceiveCount: settings.maxReceiveCount,
    }),
  });
  const deadLetterQueueUrl = await createQueue(call, deadLetterName, common);
  return {
    queueUrl: await createQueue(call, laneName, delivered(lanes)),
    queueArn: arnOf(laneName),
    feederUrl: await createQueue(call, feederName, delivered(feeder)),
    feederArn: arnOf(feederName),
    deadLetterQueueUrl,
    deadLetterQueueArn: arnOf(deadLetterName),
  };
}

// Created with what never changes, the rest set every time: creating an existing queue with other attributes is refused.
async function createQueue(call: CallSqs, name: string, attributes: Record<string, string>): Promise<string> {
  const created = await call('CreateQueue', { QueueName: name, Attributes: { FifoQueue: 'true' } });
  const { QueueUrl } = Created.parse(created);
  await call('SetQueueAttributes', { QueueUrl, Attributes: attributes });
  return QueueUrl;
}
