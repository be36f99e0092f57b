import { ChangeMessageVisibilityCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { parseMessage } from '../lane/lane-message.ts';
import { takeJunk, takeLetter, takeLaneMessage, type LetterDeps } from './take-letter.ts';

export interface LettersDeps extends LetterDeps {
  readonly sqs: Pick<SQSClient, 'send'>;
  readonly feederUrl: string;
}

/**
 * The feeder's batch (of one message). A message for the dead-letter queue is reported as failed and made visible at once: its receives
 * are used up, so SQS moves it there.
 */
export async function takeLetters(batch: SQSEvent, deps: LettersDeps): Promise<SQSBatchResponse> {
  const batchItemFailures: { itemIdentifier: string }[] = [];
  for (const record of batch.Records) {
    if ((await take(record, deps)) === 'done') continue;
    batchItemFailures.push({ itemIdentifier: record.messageId });
    await showAgain(record, deps);
  }
  return { batchItemFailures };
}

function take({ messageId, body }: SQSRecord, deps: LettersDeps) {
  const message = parseMessage(body);
  switch (message.kind) {
    case 'letter':
      return takeLetter(message, messageId, deps);
    case 'lane':
      return takeLaneMessage(message, messageId, deps);
    case 'junk':
      return takeJunk({ messageId, body }, deps);
  }
}

/** Best effort: a message that cannot be shown comes back when its visibility timeout ends. */
async function showAgain({ messageId, receiptHandle }: SQSRecord, deps: LettersDeps): Promise<void> {
  try {
    const VisibilityTimeout = 0;
    await deps.sqs.send(
      new ChangeMessageVisibilityCommand({
        QueueUrl: deps.feederUrl,
        ReceiptHandle: receiptHandle,
        VisibilityTimeout,
      }),
    );
  } catch (error) {
    deps.log.warn('the visibility of a letter could not be changed', { messageId, error });
  }
}
