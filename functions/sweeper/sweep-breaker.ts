import { needsProber, type Breaker } from '../lane/breaker.ts';
import { nameProber, resetBreaker } from '../lane/breakers.ts';
import { longestStopped, readStopped } from '../lane/stopped-lanes.ts';
import { checkLane } from './check-lane.ts';
import type { SweepRun } from './deps.ts';

/** Of each shard: more than one, since the index may still show a lane that has gone on, or one cannot be read. */
const looksAt = 4;

/** A breaker that has tripped: the longest stopped of its lanes is let through to be the next probe. */
export async function sweepBreaker(breaker: Breaker, deps: SweepRun): Promise<void> {
  if (deps.sources[breaker.name]?.breaker === undefined) {
    await resetBreaker(breaker, { actor: 'sweeper', reason: 'its source has no breaker any more' }, deps);
    return;
  }
  if (!needsProber(breaker, deps.now())) return;
  for (const group of await longestStopped(breaker.name, looksAt, deps)) {
    const lane = await readStopped(group, deps.lanes);
    if (lane === undefined) continue;
    if (await nameProber(breaker, lane.turn, deps)) await checkLane(lane.lane, deps, { mayPass: true });
    return;
  }
}
