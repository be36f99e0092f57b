import type { SQSEvent, SQSMessageAttribute, SQSRecord } from 'aws-lambda';
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

/** A batch, as Lambda's event source mapping hands it to the function. */
export const sqsEvent = (batch: readonly PolledMessage[], queueArn: string): SQSEvent => ({
  Records: batch.map((message) => recordOf(message, queueArn)),
});

function recordOf(message: PolledMessage, queueArn: string): SQSRecord {
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
  };
}

const BatchResponse = z.object({
  batchItemFailures: z.array(z.object({ itemIdentifier: z.string().min(1) })).nullish(),
});

/**
 * What is deleted of a batch under `ReportBatchItemFailures`: what is not reported. Undefined after a failed function or a malformed
 * report, which keep all of it.
 */
export function doneOf(
  batch: readonly PolledMessage[],
  outcome: Outcome,
): readonly PolledMessage[] | undefined {
  if (outcome.kind !== 'returned') return undefined;
  if (outcome.value === null || outcome.value === '') return batch;
  const response = BatchResponse.safeParse(outcome.value);
  if (!response.success) return undefined;
  const kept = new Set(response.data.batchItemFailures?.map((item) => item.itemIdentifier));
  const done = batch.filter(({ MessageId }) => !kept.has(MessageId));
  return done.length + kept.size === batch.length ? done : undefined;
}
