import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import config from '#config';
import { readEnvironment } from '../environment.ts';
import { powertoolsLog } from '../handler-api/powertools-log.ts';
import { countOf } from '../handler-api/powertools-metrics.ts';
import { createLaneStore } from '../lane/lane-store.ts';
import { laneMessageSender } from '../lane/send-lane-message.ts';
import { bucketObjects } from '../ledger/bucket.ts';
import { createLedger } from '../ledger/ledger.ts';
import { queueSettings } from '../settings.ts';
import { findHandler } from '../sources/find-handler.ts';
import type { ProcessorDeps } from './deps.ts';
import { onceFor } from './once.ts';

import { processBatch } from './process-batch.ts';

const { ledgerTable, stateTable, bodyBucket, queueUrl } = readEnvironment(
  'ledgerTable',
  'stateTable',
  'bodyBucket',
  'queueUrl',
);

/** A call that hangs must not eat the lease: three tries of at most 3 s. */
const patience = {
  maxAttempts: 3,
  requestHandler: { connectionTimeout: 1000, requestTimeout: 3000, throwOnRequestTimeout: true },
};

const count = countOf('processor');
const now = () => new Date();
const newId = () => randomUUID();
const sqs = new SQSClient(patience);
const client = new DynamoDBClient(patience);
const dynamodb = DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });

const deps: Omit<ProcessorDeps, 'once'> = {
  ledger: createLedger({
    dynamodb,
    ledgerTable,
    objects: bucketObjects({
      bucket: bodyBucket,
      aws: dynamodb.config,
      endpoint: process.env['AWS_ENDPOINT_URL_S3'] ?? process.env['AWS_ENDPOINT_URL'],
      maxAttempts: patience.maxAttempts,
      timeoutMs: patience.requestHandler.requestTimeout,
    }),
    now,
    newId,
    sleep,
  }),
  lanes: createLaneStore({ dynamodb, stateTable, newId }),
  stateTable,
  sources: config.sources,
  handlerFor: (event) => findHandler(config.handlers, event),
  send: laneMessageSender({ sqs, queueUrl, newId }),
  maxReceiveCount: queueSettings(config).maxReceiveCount,
  worker: `processor/${process.env.AWS_LAMBDA_LOG_STREAM_NAME ?? String(process.pid)}`,
  log: powertoolsLog('processor'),
  now,
  newId,
  sleep,
  random: Math.random,
  abortAfter(ms) {
    const controller = new AbortController();
    const timer = setTimeout(() => controller.abort(new Error('the lease is about to end')), ms);
    return { signal: controller.signal, cancel: () => clearTimeout(timer) };
  },
};

export async function handler(batch: SQSEvent, lambda: Context): Promise<SQSBatchResponse> {
  const deadline = new Date(Date.now() + lambda.getRemainingTimeInMillis());
  const response = await processBatch(batch, deadline, {
    ...deps,
    once: (event, replay) =>
      onceFor(event, replay, { dynamodb: client, stateTable, sources: config.sources, lambda }),
    sqs,
    queueUrl,
  });
  const returned = response.batchItemFailures.length;
  count({ MessagesDone: batch.Records.length - returned, MessagesReturned: returned });
  return response;
}
