import { named } from '../ledger/named.ts';
import { allowance, type FlowOptions } from './allowance.ts';
import { isClosed } from './breaker.ts';
import { readBreaker } from './breakers.ts';
import { after, dueShards } from './due.ts';
import { readGate, type GateDeps } from './gates.ts';
import { serveLine } from './hand-on-slots.ts';
import type { LaneOptions } from './lane-options.ts';
import { letThrough, type LetThroughDeps } from './let-through.ts';
import { inBatches } from './send-lane-message.ts';
import { longestStopped, readStopped, type StoppedLane } from './stopped-lanes.ts';

/** What the request of an operator has time for. The sweeper lets the other lanes through in its next minute. */
const mostLanes = 100;
const longestSeconds = 2;

interface GoOnDeps extends GateDeps, LetThroughDeps {
  readonly sources: Readonly<Record<string, LaneOptions & FlowOptions>>;
}

/** An operator has opened the gate of a source: the lanes that have waited longest go on at once. What fails here is left to the sweeper. */
export async function goOn(name: string, deps: GoOnDeps): Promise<void> {
  const source = named(deps.sources, name);
  try {
    if (source) await letLongestThrough(name, source, deps);
  } catch (error) {
    deps.log.warn('lanes were not let through; the sweeper lets them through', { source: name, error });
  }
}

async function letLongestThrough(
  name: string,
  source: LaneOptions & FlowOptions,
  deps: GoOnDeps,
): Promise<void> {
  const now = deps.now();
  const [pause, breaker] = await Promise.all([
    readGate(name, deps),
    readBreaker(name, deps, { isConsistent: true }),
  ]);
  // A source may be paused, and have a breaker that has tripped: one of the two is open now.
  if (pause?.isPaused === true || (breaker && isClosed(breaker, now))) return;
  const most = Math.min(mostLanes, await allowance(name, source, breaker, now, deps));
  const pass = (lane: StoppedLane) => letThrough(lane, source, deps);
  const { atOnce } = source.atMost ?? {};
  if (atOnce !== undefined) {
    await serveLine({ name, atOnce }, most, pass, deps);
    return;
  }
  const longest = await longestStopped(name, mostLanes / dueShards, deps);
  for (const few of inBatches(longest.slice(0, most))) {
    if (deps.now() >= after(now, longestSeconds)) return;
    await Promise.all(
      few.map(async (group) => {
        const lane = await readStopped(group, deps.lanes);
        if (lane) await pass(lane);
      }),
    );
  }
}
