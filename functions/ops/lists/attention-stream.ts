import type { QueryCommandInput } from '@aws-sdk/lib-dynamodb';
import {
  attentionPartition,
  attentionSchema,
  attentionShards,
  unreadableReason,
} from '../../lane/attention.ts';
import { parseEventKey } from '../../ledger/keys.ts';
import type { OperationsDeps } from '../deps.ts';
import type { Budget } from './budget.ts';
import { countedItems } from './counted-items.ts';
import { merge } from './merge.ts';

export interface AttentionItem {
  /** Of an event; or of what it is about otherwise. */
  readonly key: string;
  readonly source: string;
  readonly lane: string | undefined;
  readonly reason: string;
  /** Undefined where the item cannot be read. */
  readonly at: Date | undefined;
}

/** The attention list by its keys, from behind one; of one source, where that is given. Consistent: what has just been repaired is not on it. */
export function attentionStream(
  source: string | undefined,
  behind: string,
  deps: Pick<OperationsDeps, 'dynamodb' | 'stateTable'>,
  budget: Budget,
): AsyncGenerator<AttentionItem> {
  const shards = Array.from({ length: attentionShards }, (_, shard) =>
    shardStream(shard, source, behind, deps, budget),
  );
  return merge(shards, (a, b) => (a.key < b.key ? -1 : 1));
}

async function* shardStream(
  shard: number,
  source: string | undefined,
  behind: string,
  deps: Pick<OperationsDeps, 'dynamodb' | 'stateTable'>,
  budget: Budget,
): AsyncGenerator<AttentionItem> {
  const prefix = source === undefined ? '' : `${source}#`;
  const from = behind > prefix ? behind : prefix;
  const query: QueryCommandInput = {
    TableName: deps.stateTable,
    KeyConditionExpression: from === '' ? 'pk = :pk' : 'pk = :pk AND sk > :from',
    ExpressionAttributeValues: {
      ':pk': attentionPartition(shard),
      ...(from !== '' && { ':from': from }),
    },
    ConsistentRead: true,
  };
  for await (const item of countedItems(deps, query, budget)) {
    if (!String(item['sk']).startsWith(prefix)) return;
    yield itemOf(item);
  }
}

/** One that cannot be read must not hide the others; its sort key says what it is about. */
function itemOf(item: Record<string, unknown>): AttentionItem {
  const key = String(item['sk']);
  const read = attentionSchema.safeParse(item);
  if (read.success) return read.data;
  const source = parseEventKey(key)?.source ?? 'unknown';
  return { key, source, lane: undefined, reason: unreadableReason, at: undefined };
}
