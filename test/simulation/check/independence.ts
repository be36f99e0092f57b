import { gatePartition } from '../../../functions/lane/gate.ts';
import { freshLane } from '../simulate.ts';
import type { Stories } from './stories.ts';
import { isFinalEntry } from './stories.ts';
import type { Violation } from './violation.ts';

/** Enough for an event that nothing stands in the way of. */
const promptlyMs = 10_000;

/** G4: in a healed world an event of a lane of its own is run at once, whatever rests or is held in other lanes. */
export function checkIndependence({ events, history }: Stories): readonly Violation[] {
  // By an operator who was frozen when all was healed.
  const pausedAt = history
    .of('written')
    .flatMap(({ pk, at, after }) => (pk === gatePartition && after?.isPaused === true ? [at] : []));
  return [...events.values()].flatMap(({ event, stored, entries, acknowledgements }): Violation[] => {
    const [first] = stored;
    if (!String(first?.item.lane).endsWith(`#${freshLane}`)) return [];
    const acknowledged = acknowledgements[0]?.answered.at ?? Infinity;
    const done = entries.find(isFinalEntry)?.at ?? Infinity;
    if (done - acknowledged <= promptlyMs) return [];
    if (pausedAt.some((at) => at > (history.of('healed')[0]?.at ?? 0) && at < done)) return [];
    const details = `${event} took ${done - acknowledged} ms`;
    return [{ guarantee: 'G4', what: 'an event of an idle lane had to wait', details }];
  });
}
