import { readEventInLane } from './event-in-lane.ts';
import type { StoppedLane } from './stopped-lanes.ts';
import type { LaneOptions } from './lane-options.ts';
import { keepPromise, type SettleDeps } from './settle.ts';
import { leaveGate } from './turn.ts';

export type LetThroughDeps = Pick<SettleDeps, 'ledger' | 'lanes' | 'send' | 'log' | 'now'>;

/** A lane that waits at the gate of its source goes on. */
export async function letThrough(
  lane: StoppedLane,
  source: LaneOptions,
  deps: LetThroughDeps,
): Promise<void> {
  const read = await readEventInLane(lane.turn, source, deps);
  // It was discarded, or runs: its lane has moved on.
  if (read.newest?.state !== 'waiting') return;
  const move = leaveGate({ ...read, laneName: lane.lane, lane }, deps);
  if ((await deps.lanes.commit(move.items)) === 'committed') await keepPromise(lane.lane, move, deps);
}
