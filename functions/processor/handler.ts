import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { compose } from '../runtime/compose.ts';
import handlers from '../runtime/sound-handlers.ts';
import { measured } from '../runtime/metrics.ts';
import { findHandler, findSubscribers } from '../config/find-handler.ts';
import { knownGates, readGates } from '../lane/gates.ts';
import { withSubscribers } from '../sources/subscribers.ts';
import { countedLedger } from './metrics.ts';
import { onceFor } from './once.ts';
import { processBatch, type BatchDeps } from './process-batch.ts';

const core = compose('processor', { maxAttempts: 3, timeoutMs: 3000 }, { bodies: true, sendsLetters: true });
const sources = withSubscribers(handlers.config);
const { ledger, take } = countedLedger(core.ledger);

const deps: Omit<BatchDeps, 'once'> = {
  ...core,
  ledger,
  sources,
  handlerFor: (event) => findHandler(handlers.byPattern, event),
  subscribersOf: (event) => findSubscribers(handlers.byPattern, event),
  gates: knownGates(() => readGates(core), core.now),
  ownTables: [core.ledgerTable, core.stateTable],
  worker: `processor/${process.env['AWS_LAMBDA_LOG_STREAM_NAME'] ?? String(process.pid)}`,
  random: Math.random,
  abortAfter(ms) {
    const controller = new AbortController();
    const timer = setTimeout(() => controller.abort(new Error('the lease is about to end')), ms);
    return { signal: controller.signal, cancel: () => clearTimeout(timer) };
  },
};

export async function handler(batch: SQSEvent, lambda: Context): Promise<SQSBatchResponse> {
  const deadline = new Date(Date.now() + lambda.getRemainingTimeInMillis());
  const { client: dynamodb, stateTable } = core;
  const response = await processBatch(batch, deadline, {
    ...deps,
    once: (event, replay) => onceFor(event, replay, { dynamodb, stateTable, sources, lambda }),
  });
  const { event, counts } = take();
  const MessagesReturned = response.batchItemFailures.length;
  core.log.info('taken', { ...event, ...measured<'processor'>({ MessagesReturned, ...counts }) });
  return response;
}
