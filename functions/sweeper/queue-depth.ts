import { GetQueueAttributesCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { QueueDepth } from './deps.ts';

/** Approximate, as SQS counts. */
export const queueDepth =
  (sqs: Pick<SQSClient, 'send'>, queueUrl: string) => async (): Promise<QueueDepth> => {
    const { Attributes: found = {} } = await sqs.send(
      new GetQueueAttributesCommand({
        QueueUrl: queueUrl,
        AttributeNames: ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'],
      }),
    );
    return {
      visible: Number(found.ApproximateNumberOfMessages ?? 0),
      inFlight: Number(found.ApproximateNumberOfMessagesNotVisible ?? 0),
    };
  };
