import { raiseAttention } from '../lane/attention.ts';
import { breakerKey, needsProber, type Breaker } from '../lane/breaker.ts';
import { nameProber, resetBreaker } from '../lane/breakers.ts';
import { sourceKey } from '../lane/gate.ts';
import { longestStopped } from '../lane/stopped-lanes.ts';
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
  const [group] = await longestStopped(breaker.name, 1, deps);
  const lane = group === undefined ? undefined : await deps.lanes.readGroup(group);
  if (lane?.turn === undefined || lane.atGate === undefined) return;
  if (await nameProber(breaker, lane.turn, deps)) await checkLane(lane.lane, deps, { mayPass: true });
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
