import { QueryCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { attentionPartition, attentionShards } from '../lane/attention.ts';
import type { MetricName } from '../runtime/metrics.ts';
import type { Swept } from './sweep.ts';

/** Enough to say that there are many. */
const mostCounted = 1000;

interface MetricsDeps {
  readonly dynamodb: Pick<DynamoDBDocumentClient, 'send'>;
  readonly stateTable: string;
}

/** The metrics of one run. */
export async function metricsOf(
  { lateSeconds, sent }: Swept,
  deps: MetricsDeps,
): Promise<Readonly<Record<MetricName<'sweeper'>, number>>> {
  return {
    NeedAttention: await countAttention(deps),
    SweeperLateSeconds: lateSeconds,
    MessagesSent: sent,
  };
}

/** How many items are on the attention list; of more than 1,000 in a shard the first 1,000. */
export async function countAttention(deps: MetricsDeps): Promise<number> {
  const counts = await Promise.all(
    Array.from({ length: attentionShards }, async (_, shard) => {
      const { Count = 0 } = await deps.dynamodb.send(
        new QueryCommand({
          TableName: deps.stateTable,
          KeyConditionExpression: 'pk = :pk',
          ExpressionAttributeValues: { ':pk': attentionPartition(shard) },
          Select: 'COUNT',
          Limit: mostCounted,
        }),
      );
      return Count;
    }),
  );
  return counts.reduce((sum, count) => sum + count, 0);
}
