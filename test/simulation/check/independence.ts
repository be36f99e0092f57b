import { gatePartition } from '../../../functions/lane/gate.ts';
import type { Plan } from '../scenario.ts';
import { freshLane } from '../simulate.ts';
import { shutSpans } from './breakers.ts';
import type { Stories } from './stories.ts';
import { isFinalEntry, policiesOf } from './stories.ts';
import type { Policy } from '../scenario.ts';
import type { Violation } from './violation.ts';

/** Enough for an event that nothing stands in the way of. */
const promptlyMs = 10_000;
/** Where the followers of a few lanes are all that is searched, or their heads all that may be in flight: behind retries of two minutes each. */
const behindOthersMs = 10 * 60_000;

/** G4: in a healed world an event of a lane of its own is run at once, whatever rests or is held in other lanes. */
export function checkIndependence(stories: Stories, queues: Plan['queueLimits']): readonly Violation[] {
  const { events, history } = stories;
  const shut = shutSpans(stories);
  // By an operator who was frozen when all was healed.
  const pausedAt = history
    .of('written')
    .flatMap(({ pk, at, after }) => (pk === gatePartition && after?.isPaused === true ? [at] : []));
  const limitMs = Object.keys(queues).length === 0 ? promptlyMs : behindOthersMs;
  return [...events.values()].flatMap(
    ({ event, source: story, stored, entries, acknowledgements }): Violation[] => {
      const [first] = stored;
      if (!String(first?.item.lane).endsWith(`#${freshLane}`)) return [];
      const acknowledged = acknowledgements[0]?.answered.at ?? Infinity;
      const done = entries.find(isFinalEntry)?.at ?? Infinity;
      if (done - acknowledged <= limitMs) return [];
      if (pausedAt.some((at) => at > (history.of('healed')[0]?.at ?? 0) && at < done)) return [];
      // The line of a source with a rate, or with slots, is one for all its lanes.
      if (policiesOf(stories, story).some(isLimited)) return [];
      if (shut.some(({ source, from, to }) => source === story && from < done && to > acknowledged))
        return [];
      const details = `${event} took ${done - acknowledged} ms`;
      return [{ guarantee: 'G4', what: 'an event of an idle lane had to wait', details }];
    },
  );
}

const isLimited = ({ perSecond, atOnce }: Policy): boolean => perSecond !== undefined || atOnce !== undefined;
