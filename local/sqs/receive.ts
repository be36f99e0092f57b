import type { FifoLimits } from './limits.ts';
import type { MessageAttributes } from './message-attributes.ts';
import type { Message, MessageStore } from './message-store.ts';
import { queueNameOfArn } from './queue-arn.ts';
import type { Queue, QueueRegistry } from './queue-registry.ts';
import { receiptHandle } from './receipt-handle.ts';
import { sequenceNumber } from './sequence-number.ts';
import { invalidParameter } from './sqs-error.ts';

/** `maxMessages` defaults to 1, the visibility timeout to the queue's own. */
export type ReceiveOptions = {
  maxMessages?: number | undefined;
  visibilityTimeoutSeconds?: number | undefined;
};

/** Times in ms. The sequence number is undefined in a standard queue. */
export type ReceivedMessage = {
  messageId: string;
  receiptHandle: string;
  body: string;
  attributes: MessageAttributes;
  traceHeader: string | undefined;
  sentAt: number;
  receiveCount: number;
  firstReceivedAt: number;
  groupId: string | undefined;
  deduplicationId: string | undefined;
  sequenceNumber: string | undefined;
  deadLetterSource: string | undefined;
};

type ReceiveDeps = {
  limits: FifoLimits;
  queues: QueueRegistry;
  messages: MessageStore;
  now: number;
  newId: () => string;
};

/**
 * Takes up to `maxMessages`, oldest group first and as many of a group as there are, in order, within the limits of a FIFO queue.
 * Messages whose receives are used up go to the dead-letter queue on the way: SQS moves a message when it would be received once
 * too often.
 */
export function receive(queue: Queue, options: ReceiveOptions, deps: ReceiveDeps): ReceivedMessage[] {
  const { maxMessages = 1, visibilityTimeoutSeconds = queue.settings.visibilityTimeoutSeconds } = options;
  checkRange('MaxNumberOfMessages', maxMessages, 1, 10, 'Must be between 1 and 10, if provided.');
  checkVisibilityTimeout(visibilityTimeoutSeconds);
  const { messages, limits, now } = deps;
  const visibleAt = now + visibilityTimeoutSeconds * 1000;
  const received: ReceivedMessage[] = [];

  messages.removeSentBefore(queue.name, now - queue.settings.retentionSeconds * 1000, now);
  messages.groups.openDue(queue.name, now);
  const room = queue.settings.fifo
    ? messages.roomInFlight(queue.name, limits.inFlight, now)
    : Number.POSITIVE_INFINITY;
  const most = Math.min(maxMessages, room);
  const reach = queue.settings.fifo ? messages.backlog.reach(queue.name) : Number.MAX_SAFE_INTEGER;
  // The growing lower bound keeps a message that a zero visibility timeout leaves ready from being taken twice.
  let group = messages.groups.nextReady(queue.name, 0, reach);
  while (group && received.length < most) {
    received.push(...takeFrom(queue, group.orderingKey, most - received.length, visibleAt, deps));
    messages.groups.refresh(queue.name, group.orderingKey, now);
    group = messages.groups.nextReady(queue.name, group.head, reach);
  }
  return received;
}

export function checkVisibilityTimeout(seconds: number): void {
  checkRange('VisibilityTimeout', seconds, 0, 43_200, 'Must be between 0 and 43200, if provided.');
}

function checkRange(parameter: string, value: number, min: number, max: number, reason: string): void {
  if (!Number.isInteger(value) || value < min || value > max)
    throw invalidParameter(parameter, value, reason);
}

/** What a group has ready, in order, up to the first message that is hidden. */
function takeFrom(
  queue: Queue,
  orderingKey: string,
  most: number,
  visibleAt: number,
  deps: ReceiveDeps,
): ReceivedMessage[] {
  const taken: ReceivedMessage[] = [];
  let after = 0;
  while (taken.length < most) {
    const message = deps.messages.oldestOf(queue.name, orderingKey, after);
    if (!message || message.visibleAt > deps.now) break;
    after = message.seq;
    if (!deadLetter(queue, message, deps)) taken.push(take(queue, message, visibleAt, deps));
  }
  return taken;
}

function take(queue: Queue, message: Message, visibleAt: number, deps: ReceiveDeps): ReceivedMessage {
  const nonce = deps.newId();
  deps.messages.recordReceive(message.seq, nonce, visibleAt, deps.now);
  return {
    messageId: message.id,
    receiptHandle: receiptHandle({ queue: queue.name, seq: message.seq, nonce }),
    body: message.body,
    attributes: message.attributes,
    traceHeader: message.traceHeader,
    sentAt: message.sentAt,
    receiveCount: message.receiveCount + 1,
    firstReceivedAt: message.firstReceivedAt ?? deps.now,
    groupId: message.groupId,
    deduplicationId: message.deduplicationId,
    sequenceNumber: queue.settings.fifo ? sequenceNumber(message.seq) : undefined,
    deadLetterSource: message.deadLetterSource,
  };
}

/**
 * Keeps ids, body and receive count; the sequence number is new. In a FIFO queue the time it was sent starts anew
 * (SQS developer guide, "message retention and dead-letter queues"), in a standard queue it stays. A source whose
 * dead-letter queue is gone goes on handing the message out.
 */
function deadLetter(queue: Queue, message: Message, { queues, messages, now }: ReceiveDeps): boolean {
  const policy = queue.settings.redrivePolicy;
  if (!policy || message.receiveCount < policy.maxReceiveCount) return false;
  const target = queues.find(queueNameOfArn(policy.deadLetterTargetArn));
  if (!target) return false;
  messages.remove(queue.name, message, now);
  const sentAt = target.settings.fifo ? now : message.sentAt;
  messages.append(target.name, { ...message, sentAt, visibleAt: now, deadLetterSource: queue.arn }, now);
  return true;
}
