import { IdempotencyConfig, makeIdempotent } from '@aws-lambda-powertools/idempotency';
import { DynamoDBPersistenceLayer } from '@aws-lambda-powertools/idempotency/dynamodb';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Context } from 'aws-lambda';
import { PermanentError } from '../api/errors.ts';
import type { HandlerContext } from '../api/handler.ts';
import { parseEventKey, type EventKey } from '../ledger/keys.ts';
import type { Source } from '../sources/source.ts';

/** A step is remembered for as long as its event can be redriven, and at least for the default retention. */
const leastKeptDays = 90;
const daySeconds = 24 * 3600;

export interface OnceDeps {
  readonly dynamodb: DynamoDBClient;
  readonly stateTable: string;
  readonly sources: Readonly<Record<string, Pick<Source, 'retentionDays'>>>;
  /** How long a step of a crashed attempt counts as still running, at most. */
  readonly lambda: Context;
}

/** `ctx.once` of one event and replay, on ONCE items of the State table. A step without a name is refused. */
export function onceFor(event: EventKey, replay: number, deps: OnceDeps): HandlerContext['once'] {
  const retentionDays = deps.sources[parseEventKey(event)?.source ?? '']?.retentionDays ?? leastKeptDays;
  const config = new IdempotencyConfig({
    throwOnNoIdempotencyKey: true,
    expiresAfterSeconds: Math.max(leastKeptDays, retentionDays) * daySeconds,
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
    const runAsText = async (_step: string) => asText(await fn());
    // The step's name is the payload, and so the whole idempotency key; its record belongs to this event alone.
    const runOnce = makeIdempotent(runAsText, { persistenceStore, config, keyPrefix: 'step' });
    const kept = JSON.parse(await runOnce(step)) as { readonly result: T } | { readonly unkept: string };
    if (!('unkept' in kept)) return kept.result;
    throw new PermanentError(
      `the step "${step}" has run and does not run again, but its result cannot be kept: ${kept.unkept}`,
    );
  };
}

/** Leaves room for the rest of an item of 400 KB. */
const largestResultBytes = 350_000;

/**
 * A step's result as text, since DynamoDB cannot hold every number. If the result cannot be written as text, or is too large, the step is
 * remembered without it: a finished step must not look unfinished.
 */
function asText(result: unknown): string {
  try {
    const text = JSON.stringify({ result });
    const bytes = Buffer.byteLength(text);
    return bytes > largestResultBytes ? unkept(`${bytes} bytes of JSON`) : text;
  } catch (error) {
    return unkept(`not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}

const unkept = (reason: string) => JSON.stringify({ unkept: reason.slice(0, 500) });
