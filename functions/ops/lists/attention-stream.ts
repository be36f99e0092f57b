import { GetCommand, type QueryCommandInput } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import {
  attentionKey,
  attentionPartition,
  attentionSchema,
  attentionShards,
  matterKeys,
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

/** The attention list by its keys, from behind one; of the events of one source, where that is given. Consistent: what has just been repaired is not on it. */
export function attentionStream(
  source: string | undefined,
  behind: string,
  deps: Pick<OperationsDeps, 'dynamodb' | 'stateTable'>,
  budget: Budget,
): AsyncGenerator<AttentionItem> {
  const shards = Array.from({ length: attentionShards }, (_, shard) =>
    shardStream(shard, source, behind, deps, budget),
  );
  return merge(shards, byKey);
}

/** The same with what is wrong with the source as a whole. */
export const attentionList: typeof attentionStream = (source, behind, deps, budget) => {
  const ofEvents = attentionStream(source, behind, deps, budget);
  // Without a filter it stands among the events.
  return source === undefined
    ? ofEvents
    : merge([ofEvents, attentionOfSource(source, behind, deps, budget)], byKey);
};

async function* attentionOfSource(
  source: string,
  behind: string,
  { dynamodb, stateTable: TableName }: Pick<OperationsDeps, 'dynamodb' | 'stateTable'>,
  budget: Budget,
): AsyncGenerator<AttentionItem> {
  const keys = matterKeys(source).filter((key) => key > behind);
  budget.spend(keys.length);
  const found = await Promise.all(
    keys.map((key) =>
      dynamodb.send(new GetCommand({ TableName, Key: attentionKey(key), ConsistentRead: true })),
    ),
  );
  yield* found.flatMap(({ Item }) => (Item === undefined ? [] : [itemOf(Item)])).sort(byKey);
}

const byKey = (a: AttentionItem, b: AttentionItem): number => (a.key < b.key ? -1 : 1);

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

/** One that cannot be read must not hide the others; its keys say what it is about. */
function itemOf(item: Record<string, unknown>): AttentionItem {
  const key = String(item['sk']);
  const read = attentionSchema.safeParse(item);
  if (read.success) return read.data;
  const source = z.string().safeParse(item['source']).data ?? parseEventKey(key)?.source ?? 'unknown';
  return { key, source, lane: undefined, reason: unreadableReason, at: undefined };
}
