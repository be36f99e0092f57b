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

/** DynamoDB writes one item about 1,000 times a second; a minute of any limit is counted in no more writes than this. */
const mostWritesPerWindow = 1000;

/** What this process knows of one sender in the current window: how many requests it may still let through, and whether that is all. */
interface Share {
  left: number;
  isUsedUp: boolean;
}

/**
 * Fixed windows of a minute, counted in the State table, so that all processes count together. Limits above 1,000 are counted in shares
 * of a thousandth that each process takes ahead. More than the limit is never let through; less is where processes keep parts of a share:
 * at worst `limit / 1,000` requests for each process. A process that met the limit refuses without a write until the window ends.
 */
export function rateLimiter(
  dynamodb: Pick<DynamoDBDocumentClient, 'send'>,
  stateTable: string,
): CountRequest {
  let current = '';
  const shares = new Map<string, Share>();

  function shareOf(pk: string, window: string): Share {
    if (window !== current) shares.clear();
    current = window;
    const share = shares.get(pk) ?? { left: 0, isUsedUp: false };
    shares.set(pk, share);
    return share;
  }

  return async ({ sourceName, who, perMinute }, now) => {
    const window = windowAt(now);
    const pk = `LIMIT#${sourceName}#${who}`;
    const share = shareOf(pk, window.name);
    if (share.left === 0 && !share.isUsedUp) {
      const size = Math.max(1, Math.ceil(perMinute / mostWritesPerWindow));
      const counted = await dynamodb.send(
        new UpdateCommand({
          TableName: stateTable,
          Key: { pk, sk: window.name },
          UpdateExpression: 'ADD hits :size SET expiresAt = :expiresAt',
          ExpressionAttributeValues: { ':size': size, ':expiresAt': window.endsAtSeconds + windowSeconds },
          ReturnValues: 'UPDATED_NEW',
        }),
      );
      const hits: unknown = counted.Attributes?.hits;
      const beyond = typeof hits === 'number' ? Math.max(0, hits - perMinute) : size;
      share.left += Math.max(0, size - beyond);
      share.isUsedUp ||= beyond > 0;
    }
    if (share.left > 0) {
      share.left--;
      return { kind: 'within' };
    }
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
