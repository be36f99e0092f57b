import { createHash } from 'node:crypto';
import * as z from 'zod';
import { runBatch } from './batch.ts';
import { attributesMd5, messageAttributesSchema } from './message-attributes.ts';
import type { SqsEngine } from './engine.ts';
import { defineAction, queueRequest, type Action } from './request.ts';
import { messageBytes, type OutgoingMessage } from './send.ts';
import { SqsError } from './sqs-error.ts';

const maxBatchBytes = 1_048_576;

const messageFields = z.object({
  MessageBody: z.string(),
  MessageGroupId: z.string().optional(),
  MessageDeduplicationId: z.string().optional(),
  DelaySeconds: z.int().optional(),
  MessageAttributes: messageAttributesSchema.default({}),
  MessageSystemAttributes: messageAttributesSchema.default({}),
});

export const sendActions: Record<string, Action> = {
  SendMessage: defineAction(queueRequest.extend(messageFields.shape), (request, { engine }) =>
    send(engine, request.QueueUrl, request),
  ),

  SendMessageBatch: defineAction(
    queueRequest.extend({ Entries: z.array(messageFields.extend({ Id: z.string() })).default([]) }),
    ({ QueueUrl, Entries }, { engine }) => {
      engine.settings(QueueUrl);
      const bytes = Entries.reduce((sum, entry) => sum + messageBytes(messageOf(entry)), 0);
      if (bytes > maxBatchBytes) {
        const sent = `You have sent ${bytes} bytes.`;
        throw new SqsError(
          'BatchRequestTooLong',
          `Batch requests cannot be longer than ${maxBatchBytes} bytes. ${sent}`,
        );
      }
      return engine.atomically(() => runBatch(Entries, (entry) => send(engine, QueueUrl, entry)));
    },
  ),
};

type MessageFields = z.infer<typeof messageFields>;

function send(engine: SqsEngine, queue: string, request: MessageFields): object {
  const { messageId, sequenceNumber } = engine.send(queue, messageOf(request));
  const hasAttributes = Object.keys(request.MessageAttributes).length > 0;
  return {
    MessageId: messageId,
    MD5OfMessageBody: createHash('md5').update(request.MessageBody).digest('hex'),
    ...(hasAttributes && { MD5OfMessageAttributes: attributesMd5(request.MessageAttributes) }),
    ...(sequenceNumber !== undefined && { SequenceNumber: sequenceNumber }),
  };
}

function messageOf(request: MessageFields): OutgoingMessage {
  return {
    body: request.MessageBody,
    groupId: request.MessageGroupId,
    deduplicationId: request.MessageDeduplicationId,
    delaySeconds: request.DelaySeconds,
    attributes: request.MessageAttributes,
    traceHeader: request.MessageSystemAttributes.AWSTraceHeader?.StringValue,
  };
}
