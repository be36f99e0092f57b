import { IdempotencyConfig, makeIdempotent } from '@aws-lambda-powertools/idempotency';
import { DynamoDBPersistenceLayer } from '@aws-lambda-powertools/idempotency/dynamodb';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Context } from 'aws-lambda';
import type { HandlerContext } from '../handler-api/handler.ts';
import type { EventKey } from '../ledger/keys.ts';

/** As long as an event may be redriven with its body by default. */
const keptForSeconds = 90 * 24 * 3600;

export interface OnceDeps {
  readonly dynamodb: DynamoDBClient;
  readonly stateTable: string;
  /** Bounds how long a step of a crashed attempt counts as still running. */
  readonly lambda: Context;
}

/** `ctx.once` of one event and replay, on ONCE items of the State table. A step without a name is refused. */
export function onceFor(event: EventKey, replay: number, deps: OnceDeps): HandlerContext['once'] {
  const config = new IdempotencyConfig({
    throwOnNoIdempotencyKey: true,
    expiresAfterSeconds: keptForSeconds,
    lambdaContext: deps.lambda,
  });
  const persistenceStore = new DynamoDBPersistenceLayer({
    tableName: deps.stateTable,
    keyAttr: 'pk',
    sortKeyAttr: 'sk',
    staticPkValue: `ONCE#${event}#${replay}`,
    expiryAttr: 'expiresAt',
    awsSdkV3Client: deps.dynamodb,
  });
  return async <T>(step: string, fn: () => Promise<T>) => {
    if (step === '') throw new TypeError('ctx.once needs the name of the step');
    // As text: a result that DynamoDB cannot hold, a number beyond 2^53, would make a finished step look unfinished.
    const runAsText = async (_step: string) => JSON.stringify({ result: await fn() });
    // The step's name is the payload, and so the whole idempotency key; its record belongs to this event alone.
    const runOnce = makeIdempotent(runAsText, { persistenceStore, config, keyPrefix: 'step' });
    const { result } = JSON.parse(await runOnce(step)) as { readonly result: T };
    return result;
  };
}
