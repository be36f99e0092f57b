import { deduplicationIdOf, deduplicationKey, type Deduplication } from './deduplication.ts';
import { attributesBytes, type MessageAttributes } from './message-attributes.ts';
import type { MessageStore } from './message-store.ts';
import type { Queue } from './queue-registry.ts';
import { sequenceNumber } from './sequence-number.ts';
import { invalidParameter, missingParameter, SqsError } from './sqs-error.ts';

export type OutgoingMessage = {
  body: string;
  groupId?: string | undefined;
  deduplicationId?: string | undefined;
  delaySeconds?: number | undefined;
  attributes?: MessageAttributes | undefined;
  traceHeader?: string | undefined;
};

/** The sequence number is undefined in a standard queue. */
export type SentMessage = { messageId: string; sequenceNumber: string | undefined };

type SendDeps = {
  messages: MessageStore;
  deduplication: Deduplication;
  now: number;
  newId: () => string;
};

/** Stores a message, or answers with the first one of the same deduplication id. Checks everything before it writes. */
export function send(queue: Queue, outgoing: OutgoingMessage, deps: SendDeps): SentMessage {
  const { settings, name } = queue;
  checkMessage(queue, outgoing);
  const { messages, deduplication, now } = deps;
  const messageId = deps.newId();
  const message = {
    id: messageId,
    groupId: outgoing.groupId,
    deduplicationId: outgoing.deduplicationId,
    body: outgoing.body,
    attributes: outgoing.attributes ?? {},
    traceHeader: outgoing.traceHeader,
    sentAt: now,
    visibleAt: now + (outgoing.delaySeconds ?? settings.delaySeconds) * 1000,
    receiveCount: 0,
    firstReceivedAt: undefined,
    deadLetterSource: undefined,
  };
  if (!settings.fifo) {
    messages.append(name, { ...message, orderingKey: messageId }, now);
    return { messageId, sequenceNumber: undefined };
  }

  if (outgoing.groupId === undefined) throw missingParameter('MessageGroupId');
  const deduplicationId = deduplicationIdOf(outgoing, settings);
  const key = deduplicationKey(deduplicationId, outgoing.groupId, settings);
  const first = deduplication.firstSend(name, key, now);
  if (first) return { messageId: first.messageId, sequenceNumber: sequenceNumber(first.seq) };
  const seq = messages.append(name, { ...message, deduplicationId, orderingKey: outgoing.groupId }, now);
  deduplication.remember(name, key, { messageId, seq }, now);
  return { messageId, sequenceNumber: sequenceNumber(seq) };
}

export function messageBytes(message: OutgoingMessage): number {
  return Buffer.byteLength(message.body) + attributesBytes(message.attributes ?? {});
}

// SQS API reference, SendMessage: what a body, a group id and a deduplication id may consist of.
const forbiddenCharacter = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/u;
const identifier = /^[!-~]{1,128}$/;

function checkMessage({ settings }: Queue, message: OutgoingMessage): void {
  if (message.body === '') throw missingParameter('MessageBody');
  if (forbiddenCharacter.test(message.body)) {
    throw new SqsError(
      'InvalidMessageContents',
      'Invalid characters found. Valid unicode characters are #x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF.',
    );
  }
  if (messageBytes(message) > settings.maxMessageBytes) {
    throw new SqsError(
      'InvalidParameterValue',
      `One or more parameters are invalid. Reason: Message must be shorter than ${settings.maxMessageBytes} bytes.`,
    );
  }
  checkIdentifier('MessageGroupId', message.groupId);
  checkIdentifier('MessageDeduplicationId', message.deduplicationId);
  const { delaySeconds } = message;
  if (delaySeconds === undefined) return;
  if (settings.fifo) {
    throw invalidParameter(
      'DelaySeconds',
      delaySeconds,
      'The request include parameter that is not valid for this queue type.',
    );
  }
  if (delaySeconds < 0 || delaySeconds > 900) {
    throw invalidParameter('DelaySeconds', delaySeconds, 'DelaySeconds must be >= 0 and <= 900.');
  }
}

function checkIdentifier(parameter: string, value: string | undefined): void {
  if (value === undefined || identifier.test(value)) return;
  const reason = `${parameter} can only include alphanumeric and punctuation characters. 1 to 128 in length.`;
  throw invalidParameter(parameter, value, reason);
}
