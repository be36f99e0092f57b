import { handOnSlots } from '../lane/hand-on-slots.ts';
import { laneGroup } from '../lane/lane-group.ts';
import { letThrough } from '../lane/let-through.ts';
import { freeSlot, giveUpKept, waitForSlot, type Slot, type Slots, type SlotsLeft } from '../lane/slots.ts';
import { bestEffort } from './best-effort.ts';
import type { ProcessorDeps } from './deps.ts';
import type { ReceivedEvent } from './received-event.ts';

type Work = Pick<ReceivedEvent, 'source' | 'sourceName'>;

/** Undefined: its source asks for no such limit. */
export function slotsOf({ source, sourceName: name }: Work): Slots | undefined {
  const { atOnce } = source.atMost ?? {};
  return atOnce === undefined ? undefined : { name, atOnce };
}

/** A run has ended: its slot goes to the lane that has waited longest. If that fails, its time ends, and the sweeper hands it on. */
export const leaveSlot = (work: Work, slot: Slot, deps: ProcessorDeps): Promise<void> =>
  andHandOn(work, deps, (slots) => freeSlot(slot, slots, deps.now(), deps));

/** A lane has stopped because all slots were taken. */
export const standInLine = (work: ReceivedEvent, deps: ProcessorDeps): Promise<void> =>
  andHandOn(work, deps, (slots) => waitForSlot(laneGroup(work.laneName), slots, deps.now(), deps));

/** A lane has stopped for something else. One that was let through may have a slot kept for it, which nobody would use meanwhile. */
export async function giveUpSlot(work: ReceivedEvent, deps: ProcessorDeps): Promise<void> {
  if (work.newest?.state === 'waiting')
    await onSlots(work, deps, (slots) => giveUpKept(work.key, slots, deps));
}

const andHandOn = (
  work: Work,
  deps: ProcessorDeps,
  change: (slots: Slots) => Promise<SlotsLeft>,
): Promise<void> =>
  onSlots(work, deps, async (slots) => {
    const left = await change(slots);
    await handOnSlots(slots, left, (lane) => letThrough(lane, work.source, deps), deps);
  });

async function onSlots(
  work: Work,
  { log }: ProcessorDeps,
  act: (slots: Slots) => Promise<void>,
): Promise<void> {
  const slots = slotsOf(work);
  if (slots) await bestEffort(() => act(slots), 'a slot could not be handed on', { source: slots.name }, log);
}
