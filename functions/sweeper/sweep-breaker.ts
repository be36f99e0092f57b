import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { raiseAttention } from '../lane/attention.ts';
import { breakerKey, needsProber, type Breaker } from '../lane/breaker.ts';
import { nameProber, resetBreaker } from '../lane/breakers.ts';
import { dueIndex, dueShards } from '../lane/due.ts';
import { sourceKey, stoppedPartition } from '../lane/gate.ts';
import { groupOf } from '../lane/lane-store.ts';
import { checkLane } from './check-lane.ts';
import type { SweepRun } from './deps.ts';

/** A breaker that has tripped: it stays on the attention list, and the longest stopped of its lanes is let through to be the next probe. */
export async function sweepBreaker(breaker: Breaker, deps: SweepRun): Promise<void> {
  if (deps.sources[breaker.name]?.breaker === undefined) {
    await resetBreaker(breaker, { actor: 'sweeper', reason: 'its source has no breaker any more' }, deps);
    return;
  }
  await report(breaker, deps);
  if (!needsProber(breaker, deps.now())) return;
  const group = await longestStopped(breaker.name, deps);
  const lane = group === undefined ? undefined : await deps.lanes.readGroup(group);
  if (lane?.turn === undefined || lane.atGate === undefined) return;
  if (await nameProber(breaker, lane.turn, deps)) await checkLane(lane.lane, deps, { mayPass: true });
}

/** Message group of the lane that has waited longest. */
async function longestStopped(name: string, deps: SweepRun): Promise<string | undefined> {
  const firsts = await Promise.all(
    Array.from({ length: dueShards }, async (_, shard) => {
      const { Items = [] } = await deps.dynamodb.send(
        new QueryCommand({
          TableName: deps.stateTable,
          IndexName: dueIndex,
          KeyConditionExpression: '#due = :due',
          ExpressionAttributeNames: { '#due': 'due' },
          ExpressionAttributeValues: { ':due': stoppedPartition(name, shard) },
          Limit: 1,
        }),
      );
      return Items.map(({ pk, dueAt }) => ({ pk: String(pk), since: String(dueAt) }));
    }),
  );
  const [longest] = firsts.flat().sort((a, b) => (a.since < b.since ? -1 : 1));
  return longest && groupOf(longest.pk);
}

/** Holds only while the breaker is the one that was read. An operator who resumes its source may have taken it off the list. */
async function report({ name, trippedAt: at = new Date(0) }: Breaker, deps: SweepRun): Promise<void> {
  const { stateTable } = deps;
  const key = sourceKey(name);
  await deps.lanes.commit([
    raiseAttention(stateTable, { key, source: name, lane: key, reason: 'breaker', at, entry: 0 }),
    {
      Update: {
        TableName: stateTable,
        Key: breakerKey(name),
        UpdateExpression: 'SET reportedAt = :now',
        ConditionExpression: 'trippedAt = :read',
        ExpressionAttributeValues: { ':read': at.toISOString(), ':now': deps.now().toISOString() },
      },
    },
  ]);
}
