import { ChangeMessageVisibilityCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import type { Disposition, ProcessorDeps } from './deps.ts';
import { processMessage } from './process-message.ts';

export interface BatchDeps extends ProcessorDeps {
  readonly sqs: Pick<SQSClient, 'send'>;
  readonly queueUrl: string;
}

/** While ledger or lane cannot be reached a message comes back after 1 to 15 minutes, the later the longer it lasts. */
const outageSeconds = (receiveCount: number) => Math.min(900, 60 * Math.max(1, receiveCount));

/** One batch (of one message): what is not done is reported as failed, and made visible when its time comes. */
export async function processBatch(
  batch: SQSEvent,
  deadline: Date,
  deps: BatchDeps,
): Promise<SQSBatchResponse> {
  const batchItemFailures: { itemIdentifier: string }[] = [];
  for (const record of batch.Records) {
    const disposition = await disposeOf(record, deadline, deps);
    if (disposition.kind === 'done') continue;
    batchItemFailures.push({ itemIdentifier: record.messageId });
    // At 0 the message comes back at once, until SQS has counted enough receives to move it.
    await hide(record, disposition.kind === 'dead-letter' ? 0 : disposition.afterSeconds, deps);
  }
  return { batchItemFailures };
}

async function disposeOf(record: SQSRecord, deadline: Date, deps: BatchDeps): Promise<Disposition> {
  const receiveCount = Number(record.attributes.ApproximateReceiveCount);
  const { messageId, body } = record;
  const sequenceNumber = record.attributes.SequenceNumber ?? '';
  try {
    return await processMessage({ messageId, body, receiveCount, sequenceNumber, deadline }, deps);
  } catch (error) {
    deps.log.error('the ledger, its lane or its bucket cannot be reached', { messageId, error });
    return { kind: 'later', afterSeconds: outageSeconds(receiveCount) };
  }
}

/** Best effort: a message that cannot be hidden comes back when its visibility timeout ends. */
async function hide(record: SQSRecord, seconds: number, deps: BatchDeps): Promise<void> {
  try {
    await deps.sqs.send(
      new ChangeMessageVisibilityCommand({
        QueueUrl: deps.queueUrl,
        ReceiptHandle: record.receiptHandle,
        VisibilityTimeout: Math.min(43_200, seconds),
      }),
    );
  } catch (error) {
    deps.log.warn('the visibility of a message could not be changed', { messageId: record.messageId, error });
  }
}
