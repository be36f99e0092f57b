import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import type { CallSqs } from '../sqs/server.ts';
import type { Outcome } from './function-outcome.ts';
import { doneOf, PolledMessage, sqsEvent } from './sqs-event.ts';
import { reasonOf } from '../start-error.ts';

const Received = z.object({ Messages: z.array(PolledMessage).default([]) });

const longPollSeconds = 20;
const longestPauseMs = 5000;

/**
 * Polls like Lambda's event source mapping of an SQS queue: `ReportBatchItemFailures`, at most `maxConcurrency` invocations at a time.
 * That those of one group come one after the other is the queue's doing. Never changes a visibility timeout: what is not deleted comes back
 * when it ends.
 */
export function startEventSource(options: {
  readonly callSqs: CallSqs;
  readonly queueUrl: string;
  readonly queueArn: string;
  readonly batchSize: number;
  readonly maxConcurrency: number;
  /** Between two batches of which the first was not full, in ms (default 0): how long messages gather. Lambda does not wait. */
  readonly gatherMs?: number;
  readonly invoke: (event: unknown) => Promise<Outcome>;
  readonly log: (line: string) => void;
}): { close(): Promise<void> } {
  const { callSqs, queueUrl, queueArn, batchSize, gatherMs = 0, invoke, log } = options;
  const stopping = new AbortController();
  const isStopping = () => stopping.signal.aborted;
  const call = (action: string, input: object, signal?: AbortSignal) =>
    callSqs(action, { QueueUrl: queueUrl, ...input }, signal);

  async function receive(): Promise<readonly PolledMessage[]> {
    const answer = await call(
      'ReceiveMessage',
      {
        MaxNumberOfMessages: batchSize,
        WaitTimeSeconds: longPollSeconds,
        MessageSystemAttributeNames: ['All'],
        MessageAttributeNames: ['All'],
      },
      stopping.signal,
    );
    return Received.parse(answer).Messages;
  }

  /** Whether the function ran: the poller slows down while it does not. */
  async function handOver(batch: readonly PolledMessage[]): Promise<boolean> {
    const done = doneOf(batch, await invoke(sqsEvent(batch, queueArn)));
    if (done === undefined) return false;
    const Entries = done.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle }));
    if (Entries.length > 0) await call('DeleteMessageBatch', { Entries });
    return true;
  }

  async function poll(): Promise<void> {
    let troubles = 0;
    while (!isStopping()) {
      try {
        const batch = await receive();
        troubles = batch.length === 0 || (await handOver(batch)) ? 0 : troubles + 1;
        if (gatherMs > 0 && batch.length > 0 && batch.length < batchSize) await pause(gatherMs);
      } catch (error) {
        if (isStopping()) return;
        troubles += 1;
        log(`the event source will try again: ${reasonOf(error)}`);
      }
      if (troubles > 0) await pause(Math.min(100 * 2 ** troubles, longestPauseMs));
    }
  }

  const pause = (ms: number) => sleep(ms, undefined, { signal: stopping.signal }).catch(() => undefined);
  const pollers = Promise.all(Array.from({ length: options.maxConcurrency }, poll));
  return {
    async close() {
      stopping.abort();
      await pollers;
    },
  };
}
