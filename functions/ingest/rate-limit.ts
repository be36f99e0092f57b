import { UpdateCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

/** What a refused sender is told. */
export interface Limit {
  /** Requests in a window. */
  readonly limit: number;
  readonly windowSeconds: number;
  readonly retryAfterSeconds: number;
}

export type RateVerdict = { readonly kind: 'within' } | { readonly kind: 'over'; readonly limit: Limit };

/** Counts one request of `who` (an address, or `*` for all of a source). Throws where the table cannot be reached. */
export type CountRequest = (
  request: { readonly sourceName: string; readonly who: string; readonly perMinute: number },
  now: Date,
) => Promise<RateVerdict>;

const windowSeconds = 60;

/** Fixed windows of a minute, counted in the State table, so that all processes count together. */
export function rateLimiter(
  dynamodb: Pick<DynamoDBDocumentClient, 'send'>,
  stateTable: string,
): CountRequest {
  return async ({ sourceName, who, perMinute }, now) => {
    const window = windowAt(now);
    const counted = await dynamodb.send(
      new UpdateCommand({
        TableName: stateTable,
        Key: { pk: `LIMIT#${sourceName}#${who}`, sk: window.name },
        UpdateExpression: 'ADD hits :one SET expiresAt = :expiresAt',
        ExpressionAttributeValues: { ':one': 1, ':expiresAt': window.endsAtSeconds + windowSeconds },
        ReturnValues: 'UPDATED_NEW',
      }),
    );
    const hits: unknown = counted.Attributes?.hits;
    if (typeof hits === 'number' && hits <= perMinute) return { kind: 'within' };
    return {
      kind: 'over',
      limit: { limit: perMinute, windowSeconds, retryAfterSeconds: window.endsAtSeconds - seconds(now) },
    };
  };
}

const seconds = (at: Date): number => Math.floor(at.getTime() / 1000);

function windowAt(now: Date): { readonly name: string; readonly endsAtSeconds: number } {
  const startsAtSeconds = seconds(now) - (seconds(now) % windowSeconds);
  return {
    name: new Date(startsAtSeconds * 1000).toISOString(),
    endsAtSeconds: startsAtSeconds + windowSeconds,
  };
}
