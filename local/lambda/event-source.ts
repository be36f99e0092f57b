import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import type { CallSqs } from '../sqs/server.ts';
import type { Outcome } from './function-outcome.ts';
import { messageFate, PolledMessage, sqsEvent } from './sqs-event.ts';
import { reasonOf } from '../start-error.ts';

const Received = z.object({ Messages: z.array(PolledMessage).default([]) });

const longPollSeconds = 20;
const longestPauseMs = 5000;

/**
 * Polls like Lambda's event source mapping of an SQS queue: batches of one, `ReportBatchItemFailures`, at most `concurrency`
 * invocations at a time. That those of one group come one by one is the queue's doing. Never changes a visibility timeout: what is
 * not deleted comes back when it ends.
 */
export function startEventSource(options: {
  readonly callSqs: CallSqs;
  readonly queueUrl: string;
  readonly queueArn: string;
  readonly concurrency: number;
  readonly invoke: (event: unknown) => Promise<Outcome>;
  readonly log: (line: string) => void;
}): { close(): Promise<void> } {
  const { callSqs, queueUrl, queueArn, concurrency, invoke, log } = options;
  const stopping = new AbortController();
  const isStopping = () => stopping.signal.aborted;
  const call = (action: string, input: object, signal?: AbortSignal) =>
    callSqs(action, { QueueUrl: queueUrl, ...input }, signal);

  async function receive(): Promise<PolledMessage | undefined> {
    const answer = await call(
      'ReceiveMessage',
      {
        MaxNumberOfMessages: 1,
        WaitTimeSeconds: longPollSeconds,
        MessageSystemAttributeNames: ['All'],
        MessageAttributeNames: ['All'],
      },
      stopping.signal,
    );
    return Received.parse(answer).Messages[0];
  }

  /** Whether the function ran: the poller slows down while it does not. */
  async function handOver(message: PolledMessage): Promise<boolean> {
    const fate = messageFate(message, await invoke(sqsEvent(message, queueArn)));
    if (fate === 'delete') await call('DeleteMessage', { ReceiptHandle: message.ReceiptHandle });
    return fate !== 'function-failed';
  }

  async function poll(): Promise<void> {
    let troubles = 0;
    while (!isStopping()) {
      try {
        const message = await receive();
        troubles = message === undefined || (await handOver(message)) ? 0 : troubles + 1;
      } catch (error) {
        if (isStopping()) return;
        troubles += 1;
        log(`the event source will try again: ${reasonOf(error)}`);
      }
      if (troubles > 0) await pause(Math.min(100 * 2 ** troubles, longestPauseMs));
    }
  }

  const pause = (ms: number) => sleep(ms, undefined, { signal: stopping.signal }).catch(() => undefined);
  const pollers = Promise.all(Array.from({ length: concurrency }, poll));
  return {
    async close() {
      stopping.abort();
      await pollers;
    },
  };
}
