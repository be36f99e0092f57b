import type { SQSEvent, SQSMessageAttribute } from 'aws-lambda';
import * as z from 'zod';
import { region } from '../aws-json.ts';
import type { Outcome } from './function-outcome.ts';

const MessageAttribute = z.object({
  DataType: z.string(),
  StringValue: z.string().optional(),
  BinaryValue: z.string().optional(),
});

export const PolledMessage = z.object({
  MessageId: z.string(),
  ReceiptHandle: z.string(),
  Body: z.string(),
  MD5OfBody: z.string(),
  Attributes: z.record(z.string(), z.string()).default({}),
  MessageAttributes: z.record(z.string(), MessageAttribute).default({}),
});
export type PolledMessage = z.infer<typeof PolledMessage>;

/** A batch of one, as Lambda's event source mapping hands it to the function. */
export function sqsEvent(message: PolledMessage, queueArn: string): SQSEvent {
  const attributes = message.Attributes;
  const messageAttributes: Record<string, SQSMessageAttribute> = {};
  for (const [name, { DataType, StringValue, BinaryValue }] of Object.entries(message.MessageAttributes)) {
    messageAttributes[name] = {
      ...(StringValue !== undefined && { stringValue: StringValue }),
      ...(BinaryValue !== undefined && { binaryValue: BinaryValue }),
      stringListValues: [],
      binaryListValues: [],
      dataType: DataType,
    };
  }
  return {
    Records: [
      {
        messageId: message.MessageId,
        receiptHandle: message.ReceiptHandle,
        body: message.Body,
        attributes: {
          ...attributes,
          ApproximateReceiveCount: attributes['ApproximateReceiveCount'] ?? '1',
          SentTimestamp: attributes['SentTimestamp'] ?? '0',
          SenderId: attributes['SenderId'] ?? 'local',
          ApproximateFirstReceiveTimestamp: attributes['ApproximateFirstReceiveTimestamp'] ?? '0',
        },
        messageAttributes,
        md5OfBody: message.MD5OfBody,
        eventSource: 'aws:sqs',
        eventSourceARN: queueArn,
        awsRegion: region,
      },
    ],
  };
}

const BatchResponse = z.object({
  batchItemFailures: z.array(z.object({ itemIdentifier: z.string().min(1) })).nullish(),
});

/**
 * What becomes of the message under `ReportBatchItemFailures`: deleted on success, kept where it is reported; a failed function or
 * a malformed report keeps it too.
 */
export function messageFate(message: PolledMessage, outcome: Outcome): 'delete' | 'keep' | 'function-failed' {
  if (outcome.kind !== 'returned') return 'function-failed';
  if (outcome.value === null || outcome.value === '') return 'delete';
  const response = BatchResponse.safeParse(outcome.value);
  if (!response.success) return 'function-failed';
  const failures = response.data.batchItemFailures ?? [];
  if (failures.length === 0) return 'delete';
  return failures.every((item) => item.itemIdentifier === message.MessageId) ? 'keep' : 'function-failed';
}
