import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import config from '#config';
import { readEnvironment } from '../environment.ts';
import { powertoolsLog } from '../handler-api/powertools-log.ts';
import { createLaneStore } from '../lane/lane-store.ts';
import { laneMessageSender } from '../lane/send-lane-message.ts';
import { noBodies } from '../ledger/body-store.ts';
import { createLedger } from '../ledger/ledger.ts';
import { readAttention } from './attention-list.ts';
import { operations, type OperationsDeps } from './operations.ts';
import { readOperationsRequest } from './operations-request.ts';

const names = readEnvironment('ledgerTable', 'stateTable', 'queueUrl');
const stateTable = names.stateTable;

/** Two tries and no more than 4 s: whoever asks while the ledger is down has an answer within 5 s. */
const impatient = {
  maxAttempts: 2,
  requestHandler: { connectionTimeout: 1000, requestTimeout: 1900, throwOnRequestTimeout: true },
};
const now = () => new Date();
const newId = () => randomUUID();
const dynamodb = DynamoDBDocumentClient.from(new DynamoDBClient(impatient), {
  marshallOptions: { removeUndefinedValues: true },
});

const deps: OperationsDeps = {
  ledger: createLedger({
    dynamodb,
    ledgerTable: names.ledgerTable,
    objects: noBodies,
    now,
    newId,
    sleep,
  }),
  lanes: createLaneStore({ dynamodb, stateTable, newId }),
  stateTable,
  sources: config.sources,
  send: laneMessageSender({
    sqs: new SQSClient(impatient),
    queueUrl: names.queueUrl,
    newId,
  }),
  readAttention: () => readAttention({ dynamodb, stateTable }),
  now,
  log: powertoolsLog('ops'),
};

export async function handler(event: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2> {
  return await operations(readOperationsRequest(event), deps);
}
