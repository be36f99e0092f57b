import type { Message, MessageStore } from './message-store.ts';
import type { Queue } from './queue-registry.ts';
import { parseReceiptHandle } from './receipt-handle.ts';
import { checkVisibilityTimeout } from './receive.ts';
import { invalidParameter, SqsError } from './sqs-error.ts';

/** SQS developer guide: a message is in flight for at most 12 hours after it was received. */
const maxInFlightSeconds = 43_200;

type InFlightDeps = { messages: MessageStore; now: number };

/**
 * Deleting twice is harmless. In a FIFO queue a receipt whose visibility timeout has passed, or that a later receive
 * replaced, is refused; in a standard queue a replaced one is answered as if it had worked, without effect.
 */
export function deleteMessage(queue: Queue, handle: string, { messages, now }: InFlightDeps): void {
  const { message, isNewest } = resolve(queue, handle, messages);
  if (!message) return;
  if (queue.settings.fifo && (!isNewest || message.visibleAt <= now)) {
    throw invalidParameter('ReceiptHandle', handle, 'The receipt handle has expired.');
  }
  if (isNewest) messages.remove(queue.name, message, now);
}

/** Counts from now; 0 makes the message visible at once. */
export function changeVisibility(
  queue: Queue,
  handle: string,
  seconds: number,
  { messages, now }: InFlightDeps,
): void {
  checkVisibilityTimeout(seconds);
  const { message, isNewest } = resolve(queue, handle, messages);
  if (!message || !isNewest) {
    const reason = 'Message does not exist or is not available for visibility timeout change.';
    throw invalidParameter('ReceiptHandle', handle, reason);
  }
  if (message.visibleAt <= now) {
    throw new SqsError('MessageNotInflight', "The specified message isn't in flight.");
  }
  const visibleAt = now + seconds * 1000;
  if (visibleAt > (message.receivedAt ?? now) + maxInFlightSeconds * 1000) {
    const reason = `Total VisibilityTimeout for the message is beyond the limit [${maxInFlightSeconds} seconds]`;
    throw invalidParameter('VisibilityTimeout', seconds, reason);
  }
  messages.setVisibleAt(queue.name, message, visibleAt, now);
}

function resolve(
  queue: Queue,
  handle: string,
  messages: MessageStore,
): { message: Message | undefined; isNewest: boolean } {
  const receipt = parseReceiptHandle(handle);
  if (receipt?.queue !== queue.name) {
    throw new SqsError(
      'ReceiptHandleIsInvalid',
      `The input receipt handle "${handle}" is not a valid receipt handle.`,
    );
  }
  const message = messages.find(queue.name, receipt.seq);
  return { message, isNewest: message?.receipt === receipt.nonce };
}
