import { ChangeMessageVisibilityBatchCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { parseMessage } from '../lane/lane-message.ts';
import { takeJunk, takeLetter, takeLaneMessage, type LetterDeps, type Taken } from './take-letter.ts';

export interface LettersDeps extends LetterDeps {
  readonly sqs: Pick<SQSClient, 'send'>;
  readonly feederUrl: string;
}

/**
 * The feeder's batch, one message after the other, so that letters that were moved back keep the order of their lane. A message for the
 * dead-letter queue is reported as failed and made visible at once: its receives are used up, so SQS moves it there.
 */
export async function takeLetters(batch: SQSEvent, deps: LettersDeps): Promise<SQSBatchResponse> {
  const left: SQSRecord[] = [];
  for (const record of batch.Records) if ((await take(record, deps)) === 'dead-letter') left.push(record);
  if (left.length > 0) await showAgain(left, deps);
  return { batchItemFailures: left.map(({ messageId }) => ({ itemIdentifier: messageId })) };
}

/** One that cannot be taken costs the others of its batch nothing: it has had its receive. The sweeper sends another where it was promised. */
async function take(record: SQSRecord, deps: LettersDeps): Promise<Taken> {
  try {
    return await takeMessage(record, deps);
  } catch (error) {
    deps.log.error('a letter could not be taken', { messageId: record.messageId, error });
    return 'dead-letter';
  }
}

function takeMessage({ messageId, body }: SQSRecord, deps: LettersDeps): Promise<Taken> {
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
async function showAgain(records: readonly SQSRecord[], deps: LettersDeps): Promise<void> {
  const Entries = records.map(({ receiptHandle: ReceiptHandle }, index) => {
    return { Id: String(index), ReceiptHandle, VisibilityTimeout: 0 };
  });
  try {
    await deps.sqs.send(new ChangeMessageVisibilityBatchCommand({ QueueUrl: deps.feederUrl, Entries }));
  } catch (error) {
    deps.log.warn('the visibility of letters could not be changed', { error });
  }
}
