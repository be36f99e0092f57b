import { orderFactsOf } from '../lane/event-in-lane.ts';
import { sequencePosition } from '../lane/lane.ts';
import type { NewEntry } from '../ledger/entry.ts';
import type { ReceivedEvent } from './received-event.ts';

/** The entry of an event that parks; its position is its number under `sequence`, else the SequenceNumber of its first message. */
export function waitingEntry(
  work: ReceivedEvent,
  reason: string,
  actor: string,
): Extract<NewEntry, { state: 'waiting' }> {
  const { rules, record, key, received } = work;
  const { sequence } = orderFactsOf(work);
  const parkedFirst = record.entries.find((entry) => entry.state === 'waiting');
  const position =
    rules.sequence && sequence !== undefined
      ? sequencePosition(sequence, key)
      : (parkedFirst?.position ?? received.sequenceNumber);
  return { state: 'waiting', actor, position, reason: reason.slice(0, 1000) };
}
