import { Duration, Validations, type RemovalPolicy } from 'aws-cdk-lib';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import {
  DeduplicationScope,
  FifoThroughputLimit,
  Queue,
  type IQueue,
  type QueueProps,
} from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { QueueSettings } from '../../functions/runtime/queue-settings.ts';
import { environment } from '../../functions/runtime/settings.ts';
import { ofQueue, type CustomerKey } from './encryption.ts';
import type { HooklaneFunction } from './hooklane-function.ts';
import { pinLogicalId } from './logical-id.ts';

/** Visibility timeout, receives and retention are decided in `functions/runtime/queue-settings.ts`, for the local queues as well. */
export interface LaneQueueProps extends QueueSettings {
  readonly removalPolicy: RemovalPolicy;
  readonly key: CustomerKey;
}

/** What the queues have in common whose message groups are lanes. */
export function laneQueueProps({ retentionSeconds, removalPolicy, key }: LaneQueueProps): QueueProps {
  return {
    fifo: true,
    // High throughput: the limit of 300 a second holds for each lane, not for the queue.
    deduplicationScope: DeduplicationScope.MESSAGE_GROUP,
    fifoThroughputLimit: FifoThroughputLimit.PER_MESSAGE_GROUP_ID,
    retentionPeriod: Duration.seconds(retentionSeconds),
    enforceSSL: true,
    ...ofQueue(key),
    removalPolicy,
  };
}

/**
 * Runs `fn` for messages of a queue, those of one lane in one invocation at a time. No reserved concurrency, because a throttled poller
 * still counts receives. The event source grants receive, delete, visibility and attributes on the queue.
 */
export function runFrom(
  queue: IQueue,
  fn: HooklaneFunction,
  delivery: { readonly batchSize: number; readonly maxConcurrency: number },
): void {
  fn.addEventSource(new SqsEventSource(queue, { reportBatchItemFailures: true, ...delivery }));
  Validations.of(fn).acknowledge({
    id: 'Serverless-LambdaEventSourceMappingDestination',
    reason:
      'Lambda has one for streams alone: SQS itself moves to its dead-letter queue what failed for good.',
  });
}

/** The FIFO queue whose message groups are lanes, and the FIFO dead-letter queue behind it. */
export class LaneQueue extends Construct {
  readonly queue: Queue;
  readonly deadLetterQueue: Queue;

  constructor(gateway: Construct, id: string, settings: LaneQueueProps) {
    super(gateway, id);
    const common = laneQueueProps(settings);
    this.deadLetterQueue = new Queue(this, 'DeadLetterQueue', common);
    this.queue = new Queue(this, 'Queue', {
      ...common,
      visibilityTimeout: Duration.seconds(settings.visibilityTimeoutSeconds),
      deadLetterQueue: { queue: this.deadLetterQueue, maxReceiveCount: settings.maxReceiveCount },
    });
    pinLogicalId(this.deadLetterQueue, gateway, 'LaneDeadLetterQueue');
    pinLogicalId(this.queue, gateway, 'LaneQueue');
    Validations.of(this.deadLetterQueue).acknowledge({
      id: 'Serverless-SQSRedrivePolicy',
      reason:
        'It is where the other queues redrive to; what is in it waits for an operator, and an alarm says so.',
    });
  }

  grantSend(fn: HooklaneFunction): void {
    fn.allow([{ actions: ['sqs:SendMessage'], resources: [this.queue.queueArn] }], {
      [environment.queueUrl]: this.queue.queueUrl,
    });
  }

  /** Look through the dead-letter queue and take letters out of it. No function may send to it: only SQS puts letters there. */
  grantClear(fn: HooklaneFunction): void {
    fn.allow(
      [
        {
          actions: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:ChangeMessageVisibility'],
          resources: [this.deadLetterQueue.queueArn],
        },
      ],
      { [environment.deadLetterUrl]: this.deadLetterQueue.queueUrl },
    );
  }

  /** How many messages there are. */
  grantAsk(fn: HooklaneFunction): void {
    fn.allow(
      [
        {
          actions: ['sqs:GetQueueAttributes'],
          resources: [this.queue.queueArn, this.deadLetterQueue.queueArn],
        },
      ],
      { [environment.deadLetterUrl]: this.deadLetterQueue.queueUrl },
    );
  }

  /**
   * Let SQS move dead letters back to where they came from, and see and stop that. SQS does it with the permissions of who asks for it:
   * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_StartMessageMoveTask.html
   */
  grantMoveLetters(fn: HooklaneFunction, feeder: IQueue): void {
    fn.allow([
      {
        actions: [
          'sqs:StartMessageMoveTask',
          'sqs:ListMessageMoveTasks',
          'sqs:CancelMessageMoveTask',
          'sqs:ReceiveMessage',
          'sqs:DeleteMessage',
        ],
        resources: [this.deadLetterQueue.queueArn],
      },
      { actions: ['sqs:SendMessage'], resources: [feeder.queueArn] },
    ]);
  }

  /** One message a batch, because a larger FIFO batch dead-letters the followers of a poison message unseen. */
  deliverTo(fn: HooklaneFunction, { maxConcurrency }: { readonly maxConcurrency: number }): void {
    runFrom(this.queue, fn, { batchSize: 1, maxConcurrency });
    fn.allow([], { [environment.queueUrl]: this.queue.queueUrl });
  }
}
