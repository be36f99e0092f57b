import { GetCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { mendedWithinSeconds } from '../lane/attention.ts';
import { after, dueIndex, duePartition } from '../lane/due.ts';
import { laneSortKey, lookSortKey } from '../lane/lane-store.ts';
import { laneSchema } from '../lane/lane.ts';
import { queryPages } from '../ledger/query-pages.ts';
import { readable, UnreadableItem } from '../ledger/unreadable.ts';
import type { SweepRun } from './deps.ts';
import { checkAttention } from './check-attention.ts';
import { checkLane } from './check-lane.ts';

const keySchema = z.object({ pk: z.string(), sk: z.string() });
type ItemKey = z.infer<typeof keySchema>;

const ofLaneSchema = laneSchema.pick({ lane: true });

const mostOnAPage = 200;

/** Checks every item of a shard that is due now. */
export const sweepDue = (shard: number, deps: SweepRun): Promise<void> =>
  sweepPartition(duePartition(shard), `due ${shard}`, deps);

/** How many lanes that wait at a gate may still be let through. */
interface Allowance {
  lanes: number;
}

/** The same for a partition of that index. `atGate`: its lanes are let through their gate, so many of them, the longest stopped first. */
export async function sweepPartition(
  partition: string,
  stream: string,
  deps: SweepRun,
  atGate?: Allowance,
): Promise<void> {
  const now = deps.now();
  const pages = queryPages(deps.dynamodb, {
    TableName: deps.stateTable,
    IndexName: dueIndex,
    KeyConditionExpression: '#due = :due AND dueAt <= :now',
    ExpressionAttributeNames: { '#due': 'due' },
    ExpressionAttributeValues: { ':due': partition, ':now': now.toISOString() },
    Limit: mostOnAPage,
  });
  for (;;) {
    const page = await deps.inTurn(stream, () => pages.next());
    if (page?.value === undefined) return;
    const keys = page.value.map((item) => keySchema.parse(item));
    const allowed = keys.slice(0, atGate?.lanes);
    if (atGate) atGate.lanes -= allowed.length;
    await Promise.all(
      allowed.map((key) => deps.inTurn(stream, () => checkDue(key, deps, atGate !== undefined))),
    );
    if (allowed.length < keys.length) return;
  }
}

/** An item whose check fails stays due, and delays no other. */
async function checkDue(key: ItemKey, deps: SweepRun, mayPass: boolean): Promise<void> {
  try {
    await checkItem(key, deps, mayPass);
  } catch (error) {
    deps.failed(`${key.pk} ${key.sk}`, error);
  }
}

async function checkItem(key: ItemKey, deps: SweepRun, mayPass: boolean): Promise<void> {
  const found = await deps.dynamodb.send(
    new GetCommand({ TableName: deps.stateTable, Key: key, ConsistentRead: true }),
  );
  // The index may lag behind what has been decided since.
  const { Item: item } = found;
  if (item === undefined || typeof item['dueAt'] !== 'string' || new Date(item['dueAt']) > deps.now()) return;
  const isOfLane = key.sk === laneSortKey || key.sk === lookSortKey;
  try {
    if (isOfLane) {
      deps.count('lanes');
      await checkLane(readable(ofLaneSchema, item).lane, deps, { mayPass });
      if (key.sk === lookSortKey) await endLook(key, item['dueAt'], deps);
    } else {
      deps.count('attention');
      await checkAttention(item, deps);
    }
  } catch (error) {
    if (!(error instanceof UnreadableItem)) throw error;
    deps.log.error('an item cannot be read', { about: error.about, error });
    if (isOfLane) await deps.lanes.askForHelp(error.about);
    await checkLater(key, deps);
  }
}

/** A look at a gate is over, unless it has been put off. A lane that has gone on is due by itself. */
async function endLook(key: ItemKey, dueAt: string, { lanes, stateTable }: SweepRun): Promise<void> {
  const Delete = {
    TableName: stateTable,
    Key: key,
    ConditionExpression: 'dueAt = :dueAt',
    ExpressionAttributeValues: { ':dueAt': dueAt },
  };
  await lanes.commit([{ Delete }]);
}

/** Puts off an item that cannot be read, without reading it, so that it does not come up in every run. */
async function checkLater(key: ItemKey, { lanes, stateTable, now }: SweepRun): Promise<void> {
  const Update = {
    TableName: stateTable,
    Key: key,
    UpdateExpression: 'SET dueAt = :dueAt',
    ConditionExpression: 'attribute_exists(pk)',
    ExpressionAttributeValues: { ':dueAt': after(now(), mendedWithinSeconds).toISOString() },
  };
  await lanes.commit([{ Update }]);
}
