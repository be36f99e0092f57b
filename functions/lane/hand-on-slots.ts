import type { GateDeps } from './gates.ts';
import type { LaneStore } from './lane-store.ts';
import { keepSlot, nobodyWaits, waitForSlot, type Slots, type SlotsLeft } from './slots.ts';
import { longestStopped, readStopped, type StoppedLane } from './stopped-lanes.ts';

interface HandOnDeps extends GateDeps {
  readonly lanes: Pick<LaneStore, 'readGroup' | 'askForHelp'>;
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
  letThrough: (lane: StoppedLane) => Promise<void>,
  deps: HandOnDeps,
): Promise<void> {
  if (free === 0 || waits === undefined) return;
  const stopped = await longestStopped(slots.name, looksAt, deps);
  let left = free;
  // The last one to come may not be in the index yet.
  for (const group of new Set([...stopped, waits])) {
    if (left === 0) return;
    const lane = await readStopped(group, deps.lanes);
    if (lane === undefined) continue;
    const kept = await keepSlot(slots, lane.turn, deps.now(), deps);
    if (kept === 'none-free') return;
    left--;
    if (kept === 'kept') await letThrough(lane);
  }
  if (stopped.length === 0 && left > 0) await nobodyWaits(slots, waits, deps);
}

/** Lanes that wait for a slot, or have waited for something else: what is free is handed on now, and what others leave later. */
export async function serveLine(
  slots: Slots,
  most: number,
  letThrough: (lane: StoppedLane) => Promise<void>,
  deps: HandOnDeps,
): Promise<void> {
  const [group] = await longestStopped(slots.name, 1, deps);
  if (group === undefined) return;
  const { free, waits } = await waitForSlot(group, slots, deps.now(), deps);
  await handOnSlots(slots, { free: Math.min(free, most), waits }, letThrough, deps);
}
