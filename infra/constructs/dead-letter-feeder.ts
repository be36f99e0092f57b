import { Duration } from 'aws-cdk-lib';
import { Queue, type IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { deadLetterDelivery } from '../../functions/runtime/queue-settings.ts';
import { environment } from '../../functions/runtime/settings.ts';
import type { HooklaneFunction } from './hooklane-function.ts';
import { laneQueueProps, runFrom, type LaneQueueProps } from './lane-queue.ts';
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

  deliverTo(fn: HooklaneFunction): void {
    runFrom(this.queue, fn, deadLetterDelivery);
    fn.allow([], { [environment.feederUrl]: this.queue.queueUrl });
  }
}
