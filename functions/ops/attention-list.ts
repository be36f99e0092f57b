import { QueryCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { attentionPartition, attentionSchema, attentionShards, type Attention } from '../lane/attention.ts';
import { parseEventKey } from '../ledger/keys.ts';

/** Bounds what one call reads and answers, however much has failed. */
const mostRead = 1000;
const mostShown = 200;

interface AttentionView {
  readonly source: string;
  /** Absent, with the lane, where it is about the source as a whole. */
  readonly eventId?: string;
  readonly lane?: string;
  readonly reason: string;
  readonly at: Date;
}

/** The newest 200, newest first. Of more than 1,000 in a shard, only the first by key are looked at. */
export interface AttentionList {
  readonly items: readonly AttentionView[];
  /** There are others; they come up as these are repaired. */
  readonly more: boolean;
}

/** Reads the attention list, consistently: what has just been repaired is not on it. */
export async function readAttention(deps: {
  readonly dynamodb: Pick<DynamoDBDocumentClient, 'send'>;
  readonly stateTable: string;
}): Promise<AttentionList> {
  const shards = Array.from({ length: attentionShards }, (_, shard) =>
    deps.dynamodb.send(
      new QueryCommand({
        TableName: deps.stateTable,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': attentionPartition(shard) },
        ConsistentRead: true,
        Limit: mostRead,
      }),
    ),
  );
  const pages = await Promise.all(shards);
  const read = pages.flatMap(({ Items = [] }) => Items.map((item) => attentionSchema.parse(item)));
  return {
    items: read
      .sort((a, b) => b.at.getTime() - a.at.getTime())
      .slice(0, mostShown)
      .map(attentionView),
    more: read.length > mostShown || pages.some(({ LastEvaluatedKey }) => LastEvaluatedKey !== undefined),
  };
}

function attentionView({ key, source, lane, reason, at }: Attention): AttentionView {
  const names = parseEventKey(key);
  const ofEvent = names?.source === source ? { eventId: names.eventId, lane } : {};
  return { source, ...ofEvent, reason, at };
}
