import { raiseAttention, raiseUnreadable } from '../lane/attention.ts';
import { after, dueShards } from '../lane/due.ts';
import { gateKey, heardWithinSeconds, sourceKey, stoppedPartition, type Gate } from '../lane/gate.ts';
import type { SweepRun } from './deps.ts';
import { sweepPartition } from './sweep-due.ts';

/** A pause that lasts longer may have been forgotten. */
const longPauseSeconds = 24 * 3600;

/** Lets the lanes through that wait at a gate which is open; of one that is closed for long, or cannot be read, somebody is told. */
export async function sweepGate(gate: Gate, deps: SweepRun): Promise<void> {
  const { name, at, isPaused, isUnreadable } = gate;
  const now = deps.now();
  if (isUnreadable === true) {
    await deps.lanes.commit([raiseUnreadable(deps.stateTable, sourceKey(name), now)]);
  } else if (isPaused) {
    if (after(at, longPauseSeconds) <= now) await reportPause(gate, deps);
  } else if (Object.hasOwn(deps.sources, name) && after(at, heardWithinSeconds) <= now) {
    // Before that an instance that has not heard of it yet would stop what is let through.
    await Promise.all(
      Array.from({ length: dueShards }, (_, shard) =>
        sweepPartition(stoppedPartition(name, shard), `gate ${name}`, deps),
      ),
    );
  }
}

/** Holds only while the gate is the one that was read: who resumes the source takes it off the list. */
async function reportPause({ name, at, version }: Gate, deps: SweepRun): Promise<void> {
  const { stateTable } = deps;
  const key = sourceKey(name);
  const raised = raiseAttention(stateTable, { key, source: name, lane: key, reason: 'paused', at, entry: 0 });
  const isStillPaused = {
    Update: {
      TableName: stateTable,
      Key: gateKey(name),
      UpdateExpression: 'SET reportedAt = :now',
      ConditionExpression: '#version = :read',
      ExpressionAttributeNames: { '#version': 'version' },
      ExpressionAttributeValues: { ':read': version, ':now': deps.now().toISOString() },
    },
  };
  await deps.lanes.commit([raised, isStillPaused]);
}
