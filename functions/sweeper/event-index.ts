import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { minuteKey, type EventKey } from '../ledger/keys.ts';
import { fewThenMany, queryPages } from '../ledger/query-pages.ts';
import { indexedSchema, type Cursor, type Indexed } from './cursor.ts';
import type { SweeperDeps } from './deps.ts';

type IndexDeps = Pick<SweeperDeps, 'dynamodb' | 'ledgerTable'>;

export interface IndexPage {
  readonly events: readonly Indexed[];
  /** Whether there may be others behind the last one. */
  readonly more: boolean;
}

/** Events of one source that were accepted in one minute, of one shard, oldest first; from behind `after`, where it is given. */
export async function eventsOfMinute(
  source: string,
  { next, after }: Cursor,
  shard: number,
  most: number,
  { dynamodb, ledgerTable }: IndexDeps,
): Promise<IndexPage> {
  const minute = minuteKey(source, next, shard);
  const start = after && { ...after, minute };
  const page = await dynamodb.send(
    new QueryCommand({
      TableName: ledgerTable,
      IndexName: 'by-time',
      KeyConditionExpression: '#minute = :minute',
      ExpressionAttributeNames: { '#minute': 'minute' },
      ExpressionAttributeValues: { ':minute': minute },
      Limit: most,
      ...(start ? { ExclusiveStartKey: start } : {}),
    }),
  );
  return { events: readableOnes(page.Items), more: page.LastEvaluatedKey !== undefined };
}

/**
 * Events of a lane that were accepted at `from` or later, in that order, page by page. One that was put back is among them several times,
 * and even where its body has expired. An event that is its own lane is in no index.
 */
export async function* eventsOfLane(
  lane: string,
  from: Date,
  { dynamodb, ledgerTable }: IndexDeps,
): AsyncIterable<readonly Indexed[]> {
  const query = {
    TableName: ledgerTable,
    IndexName: 'by-lane',
    KeyConditionExpression: '#lane = :lane AND acceptedAt >= :from',
    ExpressionAttributeNames: { '#lane': 'lane' },
    ExpressionAttributeValues: { ':lane': lane, ':from': from.toISOString() },
  };
  for await (const page of queryPages(dynamodb, query, fewThenMany)) yield readableOnes(page);
}

/** The event of the lane that was accepted before this one, or in the same millisecond. */
export async function previousInLane(
  lane: string,
  { pk, acceptedAt }: Indexed,
  { dynamodb, ledgerTable }: IndexDeps,
): Promise<(Indexed & { readonly pk: EventKey }) | undefined> {
  const page = await dynamodb.send(
    new QueryCommand({
      TableName: ledgerTable,
      IndexName: 'by-lane',
      KeyConditionExpression: '#lane = :lane AND acceptedAt <= :acceptedAt',
      ExpressionAttributeNames: { '#lane': 'lane' },
      ExpressionAttributeValues: { ':lane': lane, ':acceptedAt': acceptedAt },
      ScanIndexForward: false,
      Limit: 5,
    }),
  );
  return readableOnes(page.Items).find((other) => other.pk !== pk);
}

const readableOnes = (items: readonly Record<string, unknown>[] | undefined): readonly Indexed[] =>
  (items ?? []).flatMap((item) => {
    const read = indexedSchema.safeParse(item);
    return read.success ? [read.data] : [];
  });
