import { Duration } from 'aws-cdk-lib';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Queue, type IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { deadLetterConcurrency } from '../../functions/runtime/queue-settings.ts';
import { environment } from '../../functions/runtime/settings.ts';
import type { HooklaneFunction } from './hooklane-function.ts';
import { laneQueueProps, type LaneQueueProps } from './lane-queue.ts';
import { pinLogicalId } from './logical-id.ts';

/**
 * The FIFO queue from which SQS moves dead letters to the lanes' dead-letter queue. A message that is sent to a dead-letter queue
 * has no source, and a move task could not return it.
 */
export class DeadLetterFeeder extends Construct {
  readonly queue: Queue;

  constructor(
    gateway: Construct,
    id: string,
    { deadLetterQueue, feeder, ...common }: LaneQueueProps & { readonly deadLetterQueue: IQueue },
  ) {
    super(gateway, id);
    this.queue = new Queue(this, 'Queue', {
      ...laneQueueProps({ feeder, ...common }),
      visibilityTimeout: Duration.seconds(feeder.visibilityTimeoutSeconds),
      deadLetterQueue: { queue: deadLetterQueue, maxReceiveCount: feeder.maxReceiveCount },
    });
    pinLogicalId(this.queue, gateway, 'DeadLetterFeeder');
  }

  grantSend(fn: HooklaneFunction): void {
    fn.allow([{ actions: ['sqs:SendMessage'], resources: [this.queue.queueArn] }], {
      [environment.feederUrl]: this.queue.queueUrl,
    });
  }

  /** Runs `fn` for every letter, one at a time for each lane. The event source grants receive, delete and visibility. */
  deliverTo(fn: HooklaneFunction): void {
    fn.addEventSource(
      new SqsEventSource(this.queue, {
        batchSize: 1,
        reportBatchItemFailures: true,
        maxConcurrency: deadLetterConcurrency,
      }),
    );
    fn.allow([], { [environment.feederUrl]: this.queue.queueUrl });
  }
}
