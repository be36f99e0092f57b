import { ChangeMessageVisibilityCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { UnreadableItem } from '../ledger/unreadable.ts';
import { bestEffort } from './best-effort.ts';
import type { Disposition, ProcessorDeps } from './deps.ts';
import { processMessage } from './process-message.ts';

export interface BatchDeps extends ProcessorDeps {
  readonly sqs: Pick<SQSClient, 'send'>;
  readonly queueUrl: string;
}

/** While ledger or lane cannot be reached, a message comes back after a minute. */
const outageSeconds = 60;

/** One batch (of one message): a message that is not done is reported as failed and made visible again when it is due. */
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
    await hide(record, disposition.afterSeconds, deps);
  }
  return { batchItemFailures };
}

async function disposeOf(record: SQSRecord, deadline: Date, deps: BatchDeps): Promise<Disposition> {
  const { messageId, body, attributes } = record;
  const sequenceNumber = attributes.SequenceNumber ?? '';
  const groupId = attributes.MessageGroupId;
  const receiveCount = Number(attributes.ApproximateReceiveCount);
  try {
    return await processMessage({ messageId, body, groupId, sequenceNumber, receiveCount, deadline }, deps);
  } catch (error) {
    deps.log.error('the ledger, its lane or its bucket cannot be reached', { messageId, error });
    if (error instanceof UnreadableItem) await askForHelp(error, deps);
    return { kind: 'later', afterSeconds: outageSeconds };
  }
}

/** Puts an unreadable item on the attention list. Its lane waits until the item is repaired, or a newer version can read it. */
async function askForHelp({ about }: UnreadableItem, deps: BatchDeps): Promise<void> {
  try {
    await deps.lanes.askForHelp(about);
  } catch (error) {
    deps.log.error('an unreadable item could not be put on the attention list', { about, error });
  }
}

/** Best effort: a message that cannot be hidden comes back when its visibility timeout ends. */
async function hide(record: SQSRecord, seconds: number, deps: BatchDeps): Promise<void> {
  const { messageId, receiptHandle: ReceiptHandle } = record;
  const request = { QueueUrl: deps.queueUrl, ReceiptHandle, VisibilityTimeout: seconds };
  const send = () => deps.sqs.send(new ChangeMessageVisibilityCommand(request));
  await bestEffort(send, 'the visibility of a message could not be changed', { messageId }, deps.log);
}
