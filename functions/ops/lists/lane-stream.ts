import type { QueryCommandInput } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { dueIndex, duePartition, dueShards } from '../../lane/due.ts';
import { groupOf, laneSortKey } from '../../lane/lane-store.ts';
import type { OperationsDeps } from '../deps.ts';
import type { Budget } from './budget.ts';
import { countedItems } from './counted-items.ts';
import { merge } from './merge.ts';

const dueSchema = z.object({ pk: z.string(), sk: z.literal(laneSortKey), dueAt: z.string() });

/** A lane that the sweeper is going to look at, by the group id of its messages. */
export interface DueLane {
  readonly group: string;
  /** Time and lane: sorts them, and tells two of one time apart. */
  readonly place: string;
}

/** Lanes by the time at which the sweeper looks at them, the soonest first, from behind a place. */
export const dueLanes = (
  behind: string,
  deps: Pick<OperationsDeps, 'dynamodb' | 'stateTable'>,
  budget: Budget,
): AsyncGenerator<DueLane> =>
  merge(
    Array.from({ length: dueShards }, (_, shard) => shardStream(shard, behind, deps, budget)),
    (a, b) => (a.place < b.place ? -1 : 1),
  );

async function* shardStream(
  shard: number,
  behind: string,
  deps: Pick<OperationsDeps, 'dynamodb' | 'stateTable'>,
  budget: Budget,
): AsyncGenerator<DueLane> {
  let sameTime: DueLane[] = [];
  const query: QueryCommandInput = {
    TableName: deps.stateTable,
    IndexName: dueIndex,
    KeyConditionExpression: '#due = :due AND dueAt >= :from',
    ExpressionAttributeNames: { '#due': 'due' },
    ExpressionAttributeValues: { ':due': duePartition(shard), ':from': behind.slice(0, 24) || '0' },
  };
  for await (const item of countedItems(deps, query, budget)) {
    const read = dueSchema.safeParse(item);
    const group = read.success ? groupOf(read.data.pk) : undefined;
    if (!read.success || group === undefined) continue;
    const lane = { group, place: `${read.data.dueAt}${group}` };
    if (sameTime[0]?.place.slice(0, 24) !== lane.place.slice(0, 24)) {
      yield* inOrder(sameTime, behind);
      sameTime = [];
    }
    sameTime.push(lane);
  }
  yield* inOrder(sameTime, behind);
}

const inOrder = (lanes: readonly DueLane[], behind: string): readonly DueLane[] =>
  lanes.filter(({ place }) => place > behind).sort((a, b) => (a.place < b.place ? -1 : 1));
