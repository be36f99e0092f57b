import type { GateDeps } from './gates.ts';
import type { Lane } from './lane.ts';
import type { LaneStore } from './lane-store.ts';
import { keepSlot, nobodyWaits, type Slots, type SlotsLeft } from './slots.ts';
import { longestStopped } from './stopped-lanes.ts';

interface HandOnDeps extends GateDeps {
  readonly lanes: Pick<LaneStore, 'readGroup'>;
  readonly now: () => Date;
}

/** Of each shard: more than one, since the index may still show lanes that have gone on. */
const looksAt = 4;

/**
 * Hands free slots on to the lanes that have waited longest, and keeps each for the message that lets its lane go on. So lanes are served in the order in which
 * they stopped, and no event that comes later is before them.
 */
export async function handOnSlots(
  slots: Slots,
  { free, waits }: SlotsLeft,
  letThrough: (lane: Lane) => Promise<void>,
  deps: HandOnDeps,
): Promise<void> {
  if (free === 0 || waits === undefined) return;
  const stopped = await longestStopped(slots.name, looksAt, deps);
  let left = free;
  // The last one to come may not be in the index yet.
  for (const group of new Set([...stopped, waits])) {
    if (left === 0) return;
    const lane = await deps.lanes.readGroup(group);
    if (lane?.turn === undefined || lane.atGate === undefined) continue;
    const kept = await keepSlot(slots, lane.turn, deps.now(), deps);
    if (kept === 'none-free') return;
    left--;
    if (kept === 'kept') await letThrough(lane);
  }
  if (stopped.length === 0 && left > 0) await nobodyWaits(slots, waits, deps);
}
