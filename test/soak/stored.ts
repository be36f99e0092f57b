import { ScanCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { parseEntry, type Entry } from '../../functions/ledger/entry.ts';
import { isEntrySortKey } from '../../functions/ledger/keys.ts';
import { callAwsJson } from '../../local/aws-json.ts';
import type { Endpoints } from '../../local/endpoints-file.ts';

/** Everything that a running cloud has stored. */
export interface Stored {
  /** Of each event, by number. */
  readonly entries: ReadonlyMap<string, readonly Entry[]>;
  /** Of each lane, in the order in which they were committed: `eventId idempotencyKey`. */
  readonly effects: ReadonlyMap<string, readonly string[]>;
  readonly state: readonly StateItem[];
  /** Messages by queue, those in flight too. */
  readonly messages: Readonly<Record<string, number>>;
}

const StateItem = z.object({
  pk: z.string(),
  sk: z.string(),
  turn: z.string().optional(),
  dueAt: z.string().optional(),
});
export type StateItem = z.infer<typeof StateItem>;

const Key = z.object({ pk: z.string(), sk: z.string() }).loose();
const Effects = z.object({ pk: z.string(), effects: z.array(z.string()) });
const Depth = z.object({ Attributes: z.record(z.string(), z.coerce.number()) });

export async function readStored(dynamodb: DynamoDBDocumentClient, endpoints: Endpoints): Promise<Stored> {
  const entries = new Map<string, Entry[]>();
  for (const item of await scan(dynamodb, 'hooklane-ledger')) {
    const { pk, sk } = Key.parse(item);
    if (!isEntrySortKey(sk)) continue;
    entries.set(pk, [...(entries.get(pk) ?? []), parseEntry(item)]);
  }
  for (const list of entries.values()) list.sort((a, b) => a.number - b.number);
  const effects = (await scan(dynamodb, 'hooklane-effects')).map((item) => Effects.parse(item));
  return {
    entries,
    effects: new Map(effects.map(({ pk, effects: list }) => [pk.slice('EFFECT#'.length), list])),
    state: await readState(dynamodb),
    messages: await countMessages(endpoints),
  };
}

export async function readState(dynamodb: DynamoDBDocumentClient): Promise<readonly StateItem[]> {
  return (await scan(dynamodb, 'hooklane-state')).map((item) => StateItem.parse(item));
}

export async function countMessages(endpoints: Endpoints): Promise<Readonly<Record<string, number>>> {
  const queues = {
    lanes: endpoints.queueUrl,
    feeder: endpoints.feederUrl,
    'dead letters': endpoints.deadLetterQueueUrl,
  };
  const counts = Object.entries(queues).map(async ([name, QueueUrl]): Promise<[string, number]> => {
    const AttributeNames = ['', 'NotVisible', 'Delayed'].map((kind) => `ApproximateNumberOfMessages${kind}`);
    const input = { QueueUrl, AttributeNames };
    const { Attributes } = Depth.parse(
      await callAwsJson(endpoints.sqs, 'AmazonSQS.GetQueueAttributes', input),
    );
    return [name, Object.values(Attributes).reduce((sum, count) => sum + count, 0)];
  });
  return Object.fromEntries(await Promise.all(counts));
}

async function scan(
  dynamodb: DynamoDBDocumentClient,
  table: string,
): Promise<readonly Record<string, unknown>[]> {
  const items: Record<string, unknown>[] = [];
  let from: Record<string, unknown> | undefined;
  do {
    const page = await dynamodb.send(
      new ScanCommand({ TableName: table, ConsistentRead: true, ...(from && { ExclusiveStartKey: from }) }),
    );
    items.push(...(page.Items ?? []));
    from = page.LastEvaluatedKey;
  } while (from !== undefined);
  return items;
}
