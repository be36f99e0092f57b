import { GetQueueAttributesCommand, type SQSClient } from '@aws-sdk/client-sqs';
import * as z from 'zod';

const count = z.coerce.number().int();

const attributes = z.object({
  QueueArn: z.string(),
  ApproximateNumberOfMessages: count,
  ApproximateNumberOfMessagesNotVisible: count,
  ApproximateNumberOfMessagesDelayed: count,
});

export const queueNumbersSchema = z
  .object({ visible: z.int(), inFlight: z.int(), delayed: z.int() })
  .meta({ description: 'About as many as SQS says: it is a minute behind at times' });

export type QueueNumbers = z.output<typeof queueNumbersSchema>;

export async function askQueue(
  sqs: Pick<SQSClient, 'send'>,
  queueUrl: string,
): Promise<QueueNumbers & { readonly arn: string }> {
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({
      QueueUrl: queueUrl,
      AttributeNames: [
        'QueueArn',
        'ApproximateNumberOfMessages',
        'ApproximateNumberOfMessagesNotVisible',
        'ApproximateNumberOfMessagesDelayed',
      ],
    }),
  );
  const said = attributes.parse(Attributes);
  return {
    arn: said.QueueArn,
    visible: said.ApproximateNumberOfMessages,
    inFlight: said.ApproximateNumberOfMessagesNotVisible,
    delayed: said.ApproximateNumberOfMessagesDelayed,
  };
}
