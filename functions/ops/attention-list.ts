import { QueryCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import {
  attentionPartition,
  attentionSchema as storedSchema,
  attentionShards,
  type Attention,
} from '../lane/attention.ts';
import { parseEventKey } from '../ledger/keys.ts';
import { time } from './wire.ts';

/** Bounds what one call reads and answers, however much has failed. */
const mostRead = 1000;
const mostShown = 200;

const attentionItemSchema = z
  .object({
    source: z.string(),
    eventId: z.string().optional().meta({
      description: 'Absent, with the lane, where it is about the source as a whole',
    }),
    lane: z.string().optional(),
    reason: z.string(),
    at: time.optional().meta({ description: 'Absent where the item cannot be read' }),
  })
  .meta({ description: 'What needs somebody, and why' });

type AttentionView = z.output<typeof attentionItemSchema>;

/** The newest 200, newest first, before them what cannot be read. Of more than 1,000 in a shard, only the first by key are looked at. */
export const attentionSchema = z.object({
  items: z.array(attentionItemSchema),
  more: z.boolean().meta({ description: 'There are others; they come up as these are repaired' }),
});
type AttentionList = z.output<typeof attentionSchema>;

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
  const read = pages.flatMap(({ Items = [] }) => Items.map(itemView));
  const time = ({ at }: AttentionView) => at?.getTime() ?? Number.MAX_VALUE;
  return {
    items: read.sort((a, b) => time(b) - time(a)).slice(0, mostShown),
    more: read.length > mostShown || pages.some(({ LastEvaluatedKey }) => LastEvaluatedKey !== undefined),
  };
}

/** One that cannot be read must not hide the others; its sort key says what it is about. */
function itemView(item: Record<string, unknown>): AttentionView {
  const parsed = storedSchema.safeParse(item);
  if (parsed.success) return attentionView(parsed.data);
  const key = String(item['sk']);
  return { ...(parseEventKey(key) ?? { source: 'unknown', eventId: key }), reason: 'unreadable-item' };
}

function attentionView({ key, source, lane, reason, at }: Attention): AttentionView {
  const names = parseEventKey(key);
  const ofEvent = names?.source === source ? { eventId: names.eventId, lane } : {};
  return { source, ...ofEvent, reason, at };
}
