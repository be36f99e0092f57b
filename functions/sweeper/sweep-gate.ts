import { raiseMatter, raiseUnreadable } from '../lane/attention.ts';
import { allowance } from '../lane/allowance.ts';
import { isClosed } from '../lane/breaker.ts';
import { after, dueShards } from '../lane/due.ts';
import { gateKey, sourceKey, stoppedPartition, type Gate } from '../lane/gate.ts';
import type { Standing } from '../lane/gates.ts';
import { serveLine } from '../lane/hand-on-slots.ts';
import type { StoppedLane } from '../lane/stopped-lanes.ts';
import { named } from '../ledger/named.ts';
import { checkLane } from './check-lane.ts';
import type { SweepRun } from './deps.ts';
import { sweepBreaker } from './sweep-breaker.ts';
import { sweepPartition } from './sweep-due.ts';

/** A pause that lasts longer may have been forgotten. */
const longPauseSeconds = 24 * 3600;

/** Lets the lanes through that wait at a gate which is open; of one that is closed for long, or cannot be read, somebody is told. */
export async function sweepGate(name: string, { pause, breaker }: Standing, deps: SweepRun): Promise<void> {
  const now = deps.now();
  const source = named(deps.sources, name);
  if (pause?.isUnreadable === true) {
    await deps.lanes.commit([raiseUnreadable(deps.stateTable, sourceKey(name), now, name)]);
  } else if (pause?.isPaused === true) {
    if (after(pause.at, longPauseSeconds) <= now) await reportPause(pause, deps);
  } else if (source === undefined) {
    return;
  } else if (breaker?.trippedAt !== undefined) {
    await sweepBreaker(breaker, deps);
  } else if (breaker === undefined || !isClosed(breaker, now)) {
    const left = { lanes: await allowance(name, source, breaker, now, deps) };
    const { atOnce } = source.atMost ?? {};
    if (atOnce !== undefined) {
      const letThrough = (lane: StoppedLane) => checkLane(lane.lane, deps, { mayPass: true });
      await serveLine({ name, atOnce }, left.lanes, letThrough, deps);
      return;
    }
    await Promise.all(
      Array.from({ length: dueShards }, (_, shard) =>
        sweepPartition(stoppedPartition(name, shard), `gate ${name}`, deps, left),
      ),
    );
  }
}

/** Holds only while the gate is the one that was read: who resumes the source takes it off the list. */
async function reportPause({ name, at, version }: Gate, deps: SweepRun): Promise<void> {
  const { stateTable } = deps;
  const raised = raiseMatter(stateTable, { key: sourceKey(name), source: name, reason: 'paused', at });
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
