import { isAtRest } from '../ledger/entry.ts';
import { eventKey } from '../ledger/keys.ts';
import type { EventRecord } from '../ledger/ledger.ts';
import type { SweeperDeps } from './deps.ts';
import { previousInLane } from './event-index.ts';

/** Whether an event stands behind an earlier one of its lane that is not at rest: then its message has no reason to have moved. */
export async function isBehind({ event }: EventRecord, deps: SweeperDeps): Promise<boolean> {
  if (event === undefined || event.lane === eventKey(event.source, event.eventId)) return false;
  const previous = await previousInLane(event.lane, event.acceptedAt, deps);
  if (previous === undefined) return false;
  const newest = await deps.ledger.newest(previous);
  return newest === undefined || !isAtRest(newest.state);
}
