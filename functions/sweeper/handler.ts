import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Context } from 'aws-lambda';
import config from '#config';
import { readEnvironment } from '../environment.ts';
import { createLaneStore } from '../lane/lane-store.ts';
import { laneMessageSender } from '../lane/send-lane-message.ts';
import { createLedger } from '../ledger/ledger.ts';
import { queueSettings } from '../settings.ts';
import { noBodies } from '../ledger/body-store.ts';
import { powertoolsLog } from '../handler-api/powertools-log.ts';
import { countOf } from '../handler-api/powertools-metrics.ts';
import { queueDepth } from './queue-depth.ts';
import { sweep, type Swept } from './sweep.ts';

const { ledgerTable, stateTable, queueUrl } = readEnvironment('ledgerTable', 'stateTable', 'queueUrl');

/** Left to the last look for ending in good order. */
const reserveMs = 10_000;

const now = () => new Date();
const newId = () => randomUUID();
const sqs = new SQSClient({});
const dynamodb = DynamoDBDocumentClient.from(new DynamoDBClient({}), {
  marshallOptions: { removeUndefinedValues: true },
});
const log = powertoolsLog('sweeper');
const count = countOf('sweeper');

/** Runs every minute. */
export async function handler(_event: unknown, lambda: Context): Promise<Swept> {
  const swept = await sweep({
    dynamodb,
    ledgerTable,
    stateTable,
    ledger: createLedger({ dynamodb, ledgerTable, objects: noBodies, now, newId, sleep }),
    lanes: createLaneStore({ dynamodb, stateTable, newId }),
    send: laneMessageSender({ sqs, queueUrl, newId }),
    sources: config.sources,
    queue: queueDepth(sqs, queueUrl),
    maxConcurrency: config.processor.maxConcurrency,
    visibilityTimeoutSeconds: queueSettings(config).visibilityTimeoutSeconds,
    deadline: new Date(Date.now() + lambda.getRemainingTimeInMillis() - reserveMs),
    log,
    now,
  });
  count({ EventsSwept: swept.events, WatchesDue: swept.watches, Backlogged: swept.hasBacklog ? 1 : 0 });
  log.info('swept', { ...swept });
  return swept;
}
