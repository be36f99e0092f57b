import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { EventKey } from '../ledger/keys.ts';
import { UnreadableItem } from '../ledger/unreadable.ts';
import { dueIndex, dueShards } from './due.ts';
import { stoppedPartition } from './gate.ts';
import type { GateDeps } from './gates.ts';
import type { Lane } from './lane.ts';
import { groupOf, type LaneStore } from './lane-store.ts';

/** Message groups of lanes that wait at the gate of a source, the longest stopped first: so many of each shard of the index, which may lag. */
export async function longestStopped(
  name: string,
  each: number,
  { dynamodb, stateTable }: GateDeps,
): Promise<readonly string[]> {
  const shards = await Promise.all(
    Array.from({ length: dueShards }, async (_, shard) => {
      const { Items = [] } = await dynamodb.send(
        new QueryCommand({
          TableName: stateTable,
          IndexName: dueIndex,
          KeyConditionExpression: '#due = :due',
          ExpressionAttributeNames: { '#due': 'due' },
          ExpressionAttributeValues: { ':due': stoppedPartition(name, shard) },
          Limit: each,
        }),
      );
      return Items.map(({ pk, dueAt }) => ({ pk: String(pk), since: String(dueAt) }));
    }),
  );
  return shards
    .flat()
    .sort((a, b) => (a.since < b.since ? -1 : 1))
    .flatMap(({ pk }) => groupOf(pk) ?? []);
}

/** A lane that waits at its gate. */
export type StoppedLane = Lane & { readonly turn: EventKey };

/** Undefined: it has gone on since. One that cannot be read is put on the attention list, and delays no other. */
export async function readStopped(
  group: string,
  lanes: Pick<LaneStore, 'readGroup' | 'askForHelp'>,
): Promise<StoppedLane | undefined> {
  try {
    const lane = await lanes.readGroup(group);
    if (lane?.turn === undefined || lane.atGate === undefined) return undefined;
    return { ...lane, turn: lane.turn };
  } catch (error) {
    if (!(error instanceof UnreadableItem)) throw error;
    await lanes.askForHelp(error.about);
    return undefined;
  }
}
