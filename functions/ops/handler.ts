import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import * as z from 'zod';
import { powertoolsLog } from '../handler-api/powertools-log.ts';
import { noBodies } from '../ledger/body-store.ts';
import { createLedger } from '../ledger/ledger.ts';
import { environment } from '../settings.ts';
import { operations, type OperationsDeps } from './operations.ts';

const names = z.object({ [environment.ledgerTable]: z.string().min(1) }).parse(process.env);

/** Two tries and no more than 4 s: whoever asks while the ledger is down has an answer within 5 s. */
const impatient = {
  maxAttempts: 2,
  requestHandler: { connectionTimeout: 1000, requestTimeout: 1900, throwOnRequestTimeout: true },
};
const dynamodb = DynamoDBDocumentClient.from(new DynamoDBClient(impatient));

const deps: OperationsDeps = {
  ledger: createLedger({
    dynamodb,
    ledgerTable: names[environment.ledgerTable],
    objects: noBodies,
    now: () => new Date(),
    newId: () => randomUUID(),
    sleep,
  }),
  log: powertoolsLog('ops'),
};

export async function handler(event: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2> {
  return await operations({ method: event.requestContext.http.method, path: event.rawPath }, deps);
}
