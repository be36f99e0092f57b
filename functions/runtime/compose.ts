import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { createCore, type Core } from './core.ts';
import { readEnvironment } from './environment.ts';
import { powertoolsLog } from './powertools-log.ts';
import { noBodies, type ObjectStore } from '../ledger/body-store.ts';
import { bucketObjects } from '../ledger/bucket.ts';

/** How long one call to AWS may take: tries, and the time of one of them. A call that hangs must not eat the invocation. */
export interface Patience {
  readonly maxAttempts: number;
  readonly timeoutMs: number;
}

export const clientOptions = ({ maxAttempts, timeoutMs }: Patience) => ({
  maxAttempts,
  requestHandler: { connectionTimeout: 1000, requestTimeout: timeoutMs, throwOnRequestTimeout: true },
});

/**
 * The SDK's own logging copies what each call sends and gets, for a logger that keeps nothing by default: a seventh of the processor time of a call.
 * What is of interest stands in our own log lines.
 */
export function unlogged<Client extends { readonly middlewareStack: { remove(name: string): boolean } }>(
  client: Client,
): Client {
  client.middlewareStack.remove('loggerMiddleware');
  return client;
}

/** The core of a function, from its environment and the services themselves. `bodies`: whether it reads or writes large bodies. */
export function compose(
  service: string,
  patience: Patience,
  options: { readonly bodies: boolean; readonly sendsLetters: boolean },
): Core & { readonly client: DynamoDBClient; readonly sqs: SQSClient } {
  const names = readEnvironment('ledgerTable', 'stateTable', 'queueUrl');
  const letters = options.sendsLetters ? readEnvironment('feederUrl') : {};
  const client = unlogged(new DynamoDBClient(clientOptions(patience)));
  const dynamodb = DynamoDBDocumentClient.from(client, {
    marshallOptions: { removeUndefinedValues: true },
  });
  const sqs = unlogged(new SQSClient(clientOptions(patience)));
  const objects = options.bodies ? bodiesInBucket(dynamodb, patience) : noBodies;
  const core = createCore({
    ...names,
    ...letters,
    dynamodb,
    sqs,
    objects,
    log: powertoolsLog(service),
    now: () => new Date(),
    newId: () => randomUUID(),
    sleep,
  });
  return { ...core, client, sqs };
}

function bodiesInBucket({ config }: DynamoDBDocumentClient, patience: Patience): ObjectStore {
  return bucketObjects({
    bucket: readEnvironment('bodyBucket').bodyBucket,
    aws: config,
    endpoint: process.env['AWS_ENDPOINT_URL_S3'] ?? process.env['AWS_ENDPOINT_URL'],
    ...patience,
  });
}
