import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { eventSortKey, isEventKey, minuteKey, type EventKey } from '../ledger/keys.ts';
import { indexedSchema, type Cursor, type Indexed } from './cursor.ts';
import type { SweeperDeps } from './deps.ts';

type IndexDeps = Pick<SweeperDeps, 'dynamodb' | 'ledgerTable'>;

const indexItem = z.object({ pk: z.custom<EventKey>(isEventKey) });

/** The events of one source that were accepted in one minute, of one shard, oldest first; from behind `after`, where it is given. */
export async function* eventsOfMinute(
  source: string,
  { next, after }: Cursor,
  shard: number,
  { dynamodb, ledgerTable }: IndexDeps,
): AsyncIterable<Indexed> {
  const minute = minuteKey(source, next, shard);
  let start: Record<string, unknown> | undefined = after && { ...after, sk: eventSortKey, minute };
  do {
    const page = await dynamodb.send(
      new QueryCommand({
        TableName: ledgerTable,
        IndexName: 'by-time',
        KeyConditionExpression: '#minute = :minute',
        ExpressionAttributeNames: { '#minute': 'minute' },
        ExpressionAttributeValues: { ':minute': minute },
        ...(start ? { ExclusiveStartKey: start } : {}),
      }),
    );
    for (const item of page.Items ?? []) yield indexedSchema.parse(item);
    start = page.LastEvaluatedKey;
  } while (start);
}

/** The event of the same lane that was accepted just before. */
export async function previousInLane(
  lane: string,
  acceptedAt: Date,
  { dynamodb, ledgerTable }: IndexDeps,
): Promise<EventKey | undefined> {
  const page = await dynamodb.send(
    new QueryCommand({
      TableName: ledgerTable,
      IndexName: 'by-lane',
      KeyConditionExpression: '#lane = :lane AND acceptedAt < :acceptedAt',
      ExpressionAttributeNames: { '#lane': 'lane' },
      ExpressionAttributeValues: { ':lane': lane, ':acceptedAt': acceptedAt.toISOString() },
      ScanIndexForward: false,
      Limit: 1,
    }),
  );
  const [item] = page.Items ?? [];
  return item && indexItem.parse(item).pk;
}
