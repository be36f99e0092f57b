import type { Config } from '../config/config.ts';

/** Visibility timeout and receives of a queue that a function is fed from. */
interface DeliverySettings {
  readonly visibilityTimeoutSeconds: number;
  /** Receives of one message before SQS moves it to the dead-letter queue. */
  readonly maxReceiveCount: number;
}

export interface QueueSettings extends DeliverySettings {
  /** Of all three queues. */
  readonly retentionSeconds: number;
  readonly feeder: DeliverySettings;
}

/**
 * The visibility timeout of the lane queue is what one attempt may take, plus this. Lambda asks for no less than the function's
 * timeout and recommends six times as much, so that a throttled message does not run twice. Here the lease in the ledger prevents
 * that: a message that comes back while its event runs waits for the lease. A short timeout costs such a receive now and then; a
 * long one would hold up the lane of a worker that was killed.
 */
const visibilityBeyondTimeoutSeconds = 10;

/**
 * The most that SQS accepts. Throttles and outages count as receives without reaching a handler, and an event whose attempts are
 * used up leaves the lane queue by itself, so nothing has to be dead-lettered by count.
 */
const mostReceives = 1000;

/**
 * The lane queue, and the feeder through which SQS moves dead letters to the dead-letter queue of both.
 *
 * - Feeder, visibility timeout 20 s: twice the timeout of its function, of which one run is a transaction for each letter of a batch.
 * - Feeder, 1 receive: the function leaves a letter that it has noted, and SQS moves it at the next receive.
 * - Retention 14 days: the longest that SQS has. The dead-letter queue starts to count anew, as FIFO queues do.
 */
export function queueSettings(config: Config): QueueSettings {
  return {
    visibilityTimeoutSeconds: config.processor.timeoutSeconds + visibilityBeyondTimeoutSeconds,
    maxReceiveCount: mostReceives,
    retentionSeconds: 14 * 24 * 3600,
    feeder: { visibilityTimeoutSeconds: 20, maxReceiveCount: 1 },
  };
}

/**
 * How dead letters come to their function: in batches of ten, the most of a FIFO queue, noted one after the other. Five batches at the same
 * time are some 500 letters a second, and leave an account's limit of invocations to the lanes.
 */
export const deadLetterDelivery = { batchSize: 10, maxConcurrency: 5 };
