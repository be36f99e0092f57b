import { createHash } from 'node:crypto';
import * as z from 'zod';
import { runBatch } from './batch.ts';
import { attributesMd5, selectAttributes } from './message-attributes.ts';
import type { ReceivedMessage } from './receive.ts';
import { defineAction, queueRequest, type Action } from './request.ts';
import { invalidParameter } from './sqs-error.ts';

const receiveFields = queueRequest.extend({
  MaxNumberOfMessages: z.int().optional(),
  VisibilityTimeout: z.int().optional(),
  WaitTimeSeconds: z.int().optional(),
  AttributeNames: z.array(z.string()).default([]),
  MessageSystemAttributeNames: z.array(z.string()).default([]),
  MessageAttributeNames: z.array(z.string()).default([]),
});
const receiptFields = z.object({ ReceiptHandle: z.string() });
const visibilityFields = receiptFields.extend({ VisibilityTimeout: z.int() });
const entryId = { Id: z.string() };

export const receiveActions: Record<string, Action> = {
  ReceiveMessage: defineAction(receiveFields, async (request, { engine, polls, gone }) => {
    const queue = request.QueueUrl;
    const waitSeconds = request.WaitTimeSeconds ?? engine.settings(queue).waitTimeSeconds;
    if (waitSeconds < 0 || waitSeconds > 20) {
      throw invalidParameter('WaitTimeSeconds', waitSeconds, 'Must be >= 0 and <= 20, if provided.');
    }
    const options = {
      maxMessages: request.MaxNumberOfMessages,
      visibilityTimeoutSeconds: request.VisibilityTimeout,
    };
    const messages = await polls.receive(queue, options, waitSeconds * 1000, gone);
    if (messages.length === 0) return {};
    return { Messages: messages.map((message) => onWire(message, request)) };
  }),

  DeleteMessage: defineAction(queueRequest.extend(receiptFields.shape), (request, { engine }) => {
    engine.delete(request.QueueUrl, request.ReceiptHandle);
    return {};
  }),

  DeleteMessageBatch: defineAction(
    queueRequest.extend({ Entries: z.array(receiptFields.extend(entryId)).default([]) }),
    ({ QueueUrl, Entries }, { engine }) => {
      engine.settings(QueueUrl);
      return engine.atomically(() =>
        runBatch(Entries, ({ ReceiptHandle }) => {
          engine.delete(QueueUrl, ReceiptHandle);
          return {};
        }),
      );
    },
  ),

  ChangeMessageVisibility: defineAction(
    queueRequest.extend(visibilityFields.shape),
    ({ QueueUrl, ReceiptHandle, VisibilityTimeout }, { engine }) => {
      engine.changeVisibility(QueueUrl, ReceiptHandle, VisibilityTimeout);
      return {};
    },
  ),

  ChangeMessageVisibilityBatch: defineAction(
    queueRequest.extend({ Entries: z.array(visibilityFields.extend(entryId)).default([]) }),
    ({ QueueUrl, Entries }, { engine }) => {
      engine.settings(QueueUrl);
      return engine.atomically(() =>
        runBatch(Entries, ({ ReceiptHandle, VisibilityTimeout }) => {
          engine.changeVisibility(QueueUrl, ReceiptHandle, VisibilityTimeout);
          return {};
        }),
      );
    },
  ),
};

function onWire(message: ReceivedMessage, request: z.infer<typeof receiveFields>): object {
  const wanted = [...request.AttributeNames, ...request.MessageSystemAttributeNames];
  const system = Object.entries(systemAttributes(message)).filter(
    ([name, value]) => value !== undefined && (wanted.includes('All') || wanted.includes(name)),
  );
  const attributes = selectAttributes(message.attributes, request.MessageAttributeNames);
  const hasAttributes = Object.keys(attributes).length > 0;
  return {
    MessageId: message.messageId,
    ReceiptHandle: message.receiptHandle,
    MD5OfBody: createHash('md5').update(message.body).digest('hex'),
    Body: message.body,
    ...(system.length > 0 && { Attributes: Object.fromEntries(system) }),
    ...(hasAttributes && {
      MessageAttributes: attributes,
      MD5OfMessageAttributes: attributesMd5(attributes),
    }),
  };
}

function systemAttributes(message: ReceivedMessage): Record<string, string | undefined> {
  return {
    SenderId: 'AIDALOCAL',
    SentTimestamp: String(message.sentAt),
    ApproximateReceiveCount: String(message.receiveCount),
    ApproximateFirstReceiveTimestamp: String(message.firstReceivedAt),
    MessageGroupId: message.groupId,
    MessageDeduplicationId: message.deduplicationId,
    SequenceNumber: message.sequenceNumber,
    DeadLetterQueueSourceArn: message.deadLetterSource,
    AWSTraceHeader: message.traceHeader,
  };
}
