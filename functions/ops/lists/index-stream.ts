import type { QueryCommandInput } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { isEventKey, type EventKey } from '../../ledger/keys.ts';
import type { OperationsDeps } from '../deps.ts';
import type { Budget } from './budget.ts';
import { countedItems } from './counted-items.ts';
import { isBehind, newestFirst, type FoundEvent, type Place } from './found-event.ts';

const indexed = z.object({ pk: z.custom<EventKey>(isEventKey), acceptedAt: z.string() });

/** Indexes of the ledger that sort their events by time. */
export type TimeIndex =
  { readonly name: 'by-time'; readonly minute: string } | { readonly name: 'by-lane'; readonly lane: string };

/**
 * Events of one partition of an index, the newest first, from behind `place` and not before `from`. Those of one millisecond, which the index has
 * in any order, are sorted by their keys, so that a place is exact. An event that was put back is in its lane's index several times; it comes once.
 */
export async function* indexStream(
  index: TimeIndex,
  place: Place,
  from: string,
  deps: Pick<OperationsDeps, 'dynamodb' | 'ledgerTable'>,
  budget: Budget,
): AsyncGenerator<FoundEvent> {
  // DynamoDB refuses a range that ends before it begins.
  if (place[0] < from) return;
  const [attribute, value] = index.name === 'by-time' ? ['minute', index.minute] : ['lane', index.lane];
  let sameTime: FoundEvent[] = [];
  const query: QueryCommandInput = {
    TableName: deps.ledgerTable,
    IndexName: index.name,
    KeyConditionExpression: '#partition = :partition AND acceptedAt BETWEEN :from AND :to',
    ExpressionAttributeNames: { '#partition': attribute },
    ExpressionAttributeValues: { ':partition': value, ':from': from, ':to': place[0] },
    ScanIndexForward: false,
  };
  for await (const item of countedItems(deps, query, budget)) {
    const read = indexed.safeParse(item);
    if (!read.success) continue;
    const event = { key: read.data.pk, acceptedAt: read.data.acceptedAt };
    if (sameTime[0] !== undefined && sameTime[0].acceptedAt !== event.acceptedAt) {
      yield* inOrder(sameTime, place);
      sameTime = [];
    }
    sameTime.push(event);
  }
  yield* inOrder(sameTime, place);
}

function inOrder(events: readonly FoundEvent[], place: Place): readonly FoundEvent[] {
  const sorted = events.filter((event) => isBehind(event, place)).sort(newestFirst);
  return sorted.filter(({ key }, n) => key !== sorted[n - 1]?.key);
}
