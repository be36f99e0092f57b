import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import config from '#config';
import { readEnvironment } from '../environment.ts';
import { powertoolsLog } from '../handler-api/powertools-log.ts';
import { bucketObjects } from '../ledger/bucket.ts';
import { createLedger } from '../ledger/ledger.ts';
import { laneMessageSender } from '../lane/send-lane-message.ts';
import { secretName } from '../settings.ts';
import { secretReader } from '../sources/secret-store.ts';
import { secretsManagerFetch, secretsManagerKeep } from '../sources/secrets-manager.ts';
import { toHttpAnswer } from './http-answer.ts';
import { readHttpRequest } from './http-request.ts';
import { ingest, type IngestDeps } from './ingest.ts';
import { rateLimiter } from './rate-limit.ts';
import { rejectionLog } from './rejection-log.ts';

const names = readEnvironment('ledgerTable', 'stateTable', 'bodyBucket', 'queueUrl');

/** Two tries and no more than 4 s for one call: whoever is down, the sender has its 503 within 5 s. */
const impatient = {
  maxAttempts: 2,
  requestHandler: { connectionTimeout: 1000, requestTimeout: 1900, throwOnRequestTimeout: true },
};

const now = () => new Date();
const newId = () => randomUUID();
const log = powertoolsLog('ingest');
const dynamodb = DynamoDBDocumentClient.from(new DynamoDBClient(impatient), {
  marshallOptions: { removeUndefinedValues: true },
});
const stateTable = names.stateTable;
const ledger = createLedger({
  dynamodb,
  ledgerTable: names.ledgerTable,
  objects: bucketObjects({
    bucket: names.bodyBucket,
    aws: dynamodb.config,
    endpoint: process.env['AWS_ENDPOINT_URL_S3'] ?? process.env['AWS_ENDPOINT_URL'],
    maxAttempts: impatient.maxAttempts,
    timeoutMs: impatient.requestHandler.requestTimeout,
  }),
  now,
  newId,
  sleep,
});

const secretsManager = new SecretsManagerClient(impatient);

const deps: IngestDeps = {
  sources: config.sources,
  ledger,
  send: laneMessageSender({
    sqs: new SQSClient(impatient),
    queueUrl: names.queueUrl,
    newId,
  }),
  secrets: secretReader({
    fetch: secretsManagerFetch(secretsManager, secretName),
    now,
    report: (source, error) => log.error('secrets could not be read', { source, reason: String(error) }),
  }),
  keepSecret: secretsManagerKeep(secretsManager, secretName),
  async callBack(url) {
    const answered = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(3000) });
    if (!answered.ok) throw new Error(`answered ${answered.status}`);
  },
  countRequest: rateLimiter(dynamodb, stateTable),
  rejections: rejectionLog({ ledger, now, log }),
  stateTable,
  now,
  newId,
  log,
};

// A frozen Lambda runs this when it thaws, which is the next request.
setInterval(() => void deps.rejections.flush(), 10_000).unref();

export async function handler(event: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2> {
  return toHttpAnswer(await ingest(readHttpRequest(event), deps));
}
