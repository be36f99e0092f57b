import { randomUUID } from 'node:crypto';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { none, source } from 'hooklane';
import * as z from 'zod';
import { noBodies } from '../functions/ledger/body-store.ts';
import type { OperationsDeps } from '../functions/ops/deps.ts';
import { operations } from '../functions/ops/operations.ts';
import { readQuery } from '../functions/ops/operations-request.ts';
import { createCore } from '../functions/runtime/core.ts';
import type { Meter } from './consumption.ts';
import { bigLane, sourceNames } from './many-events.ts';

const day = 24 * 3_600_000;

/** Each list of the operations API that is read from the ledger, and each of its filters. */
export function listsAt(now: Date): readonly string[] {
  const at = (daysAgo: number) => new Date(now.getTime() - daysAgo * day).toISOString();
  return [
    '/ops/events',
    '/ops/events?source=orders',
    `/ops/events?from=${at(21)}&to=${at(20)}`,
    `/ops/events?lane=${encodeURIComponent(bigLane)}`,
    '/ops/events?state=failed',
    '/ops/events?state=processed',
    '/ops/events?state=retrying',
    '/ops/events?type=paid',
    '/ops/events?type=unheard-of',
    '/ops/events?q=99',
    '/ops/events?q=unheard-of',
    '/ops/lanes',
    '/ops/lanes?state=held',
    '/ops/lanes?state=turn&source=billing',
    '/ops/attention?limit=50',
    '/ops/rejections',
    '/ops/rejections?cause=wrong-signature&source=billing',
    '/ops/jobs',
    '/ops/sources',
    '/ops/stats',
    '/ops/series',
  ];
}

const quiet = () => undefined;
const count = '0';
/** An SQS in which there is nothing. */
const emptyQueue = {
  QueueArn: 'arn:aws:sqs:us-east-1:000000000000:queue.fifo',
  ApproximateNumberOfMessages: count,
  ApproximateNumberOfMessagesNotVisible: count,
  ApproximateNumberOfMessagesDelayed: count,
};

export function operationsOn(
  client: DynamoDBClient,
  tables: { readonly ledgerTable: string; readonly stateTable: string },
  now: () => Date,
): OperationsDeps {
  return {
    ...createCore({
      dynamodb: DynamoDBDocumentClient.from(client),
      sqs: { send: () => Promise.resolve({ Attributes: emptyQueue }) },
      ...tables,
      queueUrl: 'none',
      objects: noBodies,
      log: { debug: quiet, info: quiet, warn: quiet, error: console.error },
      now,
      newId: randomUUID,
      sleep: () => Promise.resolve(),
    }),
    version: 'bench',
    deadLetterUrl: 'none',
    sources: Object.fromEntries(sourceNames.map((name) => [name, source({ verify: none(), id: 'id' })])),
    secretOf: () => Promise.resolve({ isPresent: true, changedAt: undefined }),
  };
}

const answerSchema = z.object({ items: z.array(z.unknown()).default([]), cursor: z.string().optional() });

/** One page of a list: what it has, and what it took. */
export async function readPage(
  target: string,
  cursor: string | undefined,
  deps: OperationsDeps,
  meter: Meter,
) {
  const [path = '', query = ''] = target.split('?');
  const asked = { ...readQuery(query), ...(cursor !== undefined && { cursor }) };
  meter.take();
  const began = performance.now();
  const { statusCode, body = '' } = await operations(
    { method: 'GET', path, query: asked, body: '', actor: 'bench' },
    deps,
  );
  const ms = performance.now() - began;
  if (statusCode !== 200) throw new Error(`${target}: ${statusCode} ${body}`);
  const { requests, readUnits } = meter.take();
  const made = Object.values(requests).reduce((sum, one) => sum + one, 0);
  return { ms, requests: made, readUnits, ...answerSchema.parse(JSON.parse(body)) };
}
