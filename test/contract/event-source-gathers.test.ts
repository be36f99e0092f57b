import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test, vi } from 'vitest';
import { startEventSource } from '../../local/lambda/event-source.ts';
import { startSqsWithClient } from '../support/sqs-fixture.ts';

/** Sends so many at once, then, as soon as the first batch has come, others one by one. Says how large the batches were. */
async function batchesOf(
  gatherMs: number,
  { atOnce, oneByOne }: { atOnce: number; oneByOne: number },
): Promise<readonly number[]> {
  const local = await startSqsWithClient();
  const queueUrl = await local.createFifo();
  const batches: number[] = [];
  const delivered = () => batches.reduce((sum, size) => sum + size, 0);
  for (let n = 0; n < atOnce; n++) await local.send(queueUrl, `group-${n}`, 'at once');
  const source = startEventSource({
    callSqs: local.sqs.call,
    queueUrl,
    queueArn: 'arn:aws:sqs:us-east-1:000000000000:q.fifo',
    batchSize: 4,
    maxConcurrency: 1,
    gatherMs,
    invoke: (event) => {
      batches.push((event as { Records: unknown[] }).Records.length);
      return Promise.resolve({ kind: 'returned', value: null });
    },
    log: (line) => expect.unreachable(line),
  });
  try {
    await vi.waitUntil(() => batches.length > 0, { interval: 5 });
    for (let n = 0; n < oneByOne; n++) {
      await sleep(50);
      await local.send(queueUrl, `later-${n}`, 'one by one');
    }
    await vi.waitUntil(() => delivered() === atOnce + oneByOne, 10_000);
  } finally {
    await source.close();
    await local.stop();
  }
  return batches;
}

test('what comes while messages gather is one batch', async () => {
  expect(await batchesOf(1000, { atOnce: 1, oneByOne: 3 })).toEqual([1, 3]);
});

test('as Lambda does, it waits for nothing else: what comes alone is a batch of its own', async () => {
  expect(await batchesOf(0, { atOnce: 1, oneByOne: 3 })).toEqual([1, 1, 1, 1]);
});

test('after a full batch there is more: the next one follows at once', async () => {
  expect(await batchesOf(3_600_000, { atOnce: 8, oneByOne: 0 })).toEqual([4, 4]);
});
