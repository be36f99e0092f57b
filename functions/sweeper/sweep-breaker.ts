import { needsProber, type Breaker } from '../lane/breaker.ts';
import { nameProber, resetBreaker } from '../lane/breakers.ts';
import { longestStopped } from '../lane/stopped-lanes.ts';
import { checkLane } from './check-lane.ts';
import type { SweepRun } from './deps.ts';

/** A breaker that has tripped: the longest stopped of its lanes is let through to be the next probe. */
export async function sweepBreaker(breaker: Breaker, deps: SweepRun): Promise<void> {
  if (deps.sources[breaker.name]?.breaker === undefined) {
    await resetBreaker(breaker, { actor: 'sweeper', reason: 'its source has no breaker any more' }, deps);
    return;
  }
  if (!needsProber(breaker, deps.now())) return;
  const [group] = await longestStopped(breaker.name, 1, deps);
  const lane = group === undefined ? undefined : await deps.lanes.readGroup(group);
  if (lane?.turn === undefined || lane.atGate === undefined) return;
  if (await nameProber(breaker, lane.turn, deps)) await checkLane(lane.lane, deps, { mayPass: true });
}
