import { handOnSlots } from '../lane/hand-on-slots.ts';
import { readEventInLane } from '../lane/event-in-lane.ts';
import type { Lane } from '../lane/lane.ts';
import { laneGroup } from '../lane/lane-group.ts';
import { keepPromise } from '../lane/settle.ts';
import { freeSlot, waitForSlot, type Slot, type Slots, type SlotsLeft } from '../lane/slots.ts';
import { leaveGate } from '../lane/turn.ts';
import type { ProcessorDeps } from './deps.ts';
import type { ReceivedEvent } from './received-event.ts';

type Work = Pick<ReceivedEvent, 'source' | 'sourceName'>;

/** Undefined: its source asks for no such limit. */
export function slotsOf({ source, sourceName: name }: Work): Slots | undefined {
  const { atOnce } = source.atMost ?? {};
  return atOnce === undefined ? undefined : { name, atOnce };
}

/** A run has ended: its slot goes to the lane that has waited longest. If that fails, its time ends, and the sweeper hands it on. */
export async function leaveSlot(work: Work, slot: Slot, deps: ProcessorDeps): Promise<void> {
  await andHandOn(work, deps, (slots) => freeSlot(slot, slots, deps.now(), deps));
}

/** A lane has stopped because all slots were taken. */
export async function standInLine(work: Work, lane: string, deps: ProcessorDeps): Promise<void> {
  await andHandOn(work, deps, (slots) => waitForSlot(laneGroup(lane), slots, deps.now(), deps));
}

async function andHandOn(
  work: Work,
  deps: ProcessorDeps,
  change: (slots: Slots) => Promise<SlotsLeft>,
): Promise<void> {
  const slots = slotsOf(work);
  if (slots === undefined) return;
  try {
    const left = await change(slots);
    await handOnSlots(slots, left, (lane) => letThrough(work, lane, deps), deps);
  } catch (error) {
    deps.log.warn('a slot could not be handed on', { source: work.sourceName, error });
  }
}

async function letThrough({ source, sourceName }: Work, lane: Lane, deps: ProcessorDeps): Promise<void> {
  if (lane.turn === undefined) return;
  const read = await readEventInLane(lane.turn, sourceName, source, deps);
  // It was discarded, or runs: its lane has moved on.
  if (read.newest?.state !== 'waiting') return;
  const move = leaveGate({ ...read, laneName: lane.lane, lane }, lane.watchFrom, deps);
  if ((await deps.lanes.commit(move.items)) === 'committed') await keepPromise(lane.lane, move, deps);
}
