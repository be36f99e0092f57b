import type { QueryCommandInput } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { rejectionShardPartition, shardsPerMinute } from '../../ledger/keys.ts';
import type { OperationsDeps } from '../deps.ts';
import type { Budget } from './budget.ts';
import { countedItems } from './counted-items.ts';
import { merge } from './merge.ts';

const storedSchema = z.object({
  /** Time and request: sorts a day's, and tells two of one time apart. */
  sk: z.string(),
  source: z.string(),
  at: z.coerce.date(),
  requestId: z.string(),
  cause: z.string(),
  status: z.number(),
  bodySha256: z.string().optional(),
  bodyBytes: z.number(),
  ip: z.string(),
  sender: z.string().optional(),
  count: z.number().optional(),
});
export type StoredRejection = z.infer<typeof storedSchema>;

const dayMs = 24 * 3_600_000;
/** Requests that became no event, the newest first, from behind a sort key. `day`: there are no more of it. */
export async function* rejectionStream(
  sources: readonly string[],
  behind: string,
  from: Date,
  deps: Pick<OperationsDeps, 'dynamodb' | 'ledgerTable'>,
  budget: Budget,
): AsyncGenerator<StoredRejection | { readonly searchedTo: string }> {
  const startOfDay = (at: number) => Math.floor(at / dayMs) * dayMs;
  const newest = Date.parse(behind.slice(0, 24));
  for (let day = startOfDay(newest); day >= startOfDay(from.getTime()); day -= dayMs) {
    const streams = sources.flatMap((source) =>
      Array.from({ length: shardsPerMinute }, (_, shard) =>
        partitionStream(rejectionShardPartition(source, new Date(day), shard), behind, from, deps, budget),
      ),
    );
    yield* merge(streams, (a, b) => (a.sk < b.sk ? 1 : -1));
    yield { searchedTo: new Date(day).toISOString() };
  }
}

async function* partitionStream(
  partition: string,
  behind: string,
  from: Date,
  deps: Pick<OperationsDeps, 'dynamodb' | 'ledgerTable'>,
  budget: Budget,
): AsyncGenerator<StoredRejection> {
  // DynamoDB refuses a range that ends before it begins.
  if (behind < from.toISOString()) return;
  const query: QueryCommandInput = {
    TableName: deps.ledgerTable,
    KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :behind',
    ExpressionAttributeValues: { ':pk': partition, ':from': from.toISOString(), ':behind': behind },
    ScanIndexForward: false,
  };
  for await (const item of countedItems(deps, query, budget)) {
    const read = storedSchema.safeParse(item);
    if (read.success && read.data.sk !== behind) yield read.data;
  }
}
