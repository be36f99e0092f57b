import type { History } from '../history.ts';
import type { Plan } from '../scenario.ts';
import { checkAccepted } from './accepted.ts';
import { checkAudit } from './audit.ts';
import { checkBreakers } from './breakers.ts';
import { checkFences } from './fences.ts';
import { checkFoundInTime } from './found-in-time.ts';
import { checkHandedOn } from './handed-on.ts';
import { checkIndependence } from './independence.ts';
import { checkLetters } from './letters.ts';
import { checkOrder } from './order.ts';
import { checkRates } from './rates.ts';
import { checkRuns } from './runs.ts';
import { checkPauses } from './pauses.ts';
import { checkSlots } from './slots.ts';
import { storiesOf } from './stories.ts';
import { checkTransitions } from './transitions.ts';
import { checkUnreadable } from './unreadable.ts';
import type { Violation } from './violation.ts';
import { checkWaits } from './waits.ts';

export interface CheckLimits {
  readonly skewMs: number;
  readonly queues: Plan['queueLimits'];
}

export interface Checked {
  readonly violations: readonly Violation[];
  /** Every change of state that an event made, as `from to`. */
  readonly transitions: ReadonlySet<string>;
}

/** Everything that a history shows to be broken. */
export function check(history: History, stuck: readonly string[], { skewMs, queues }: CheckLimits): Checked {
  const stories = storiesOf(history);
  const transitions = checkTransitions(stories);
  const violations = [
    ...checkAccepted(stories),
    ...checkRuns(stories),
    ...checkHandedOn(stories),
    ...checkOrder(stories),
    ...checkWaits(stories),
    ...checkPauses(stories),
    ...checkBreakers(stories),
    ...checkRates(stories),
    ...checkSlots(stories),
    ...checkIndependence(stories, queues),
    ...checkFoundInTime(stories),
    ...checkLetters(stories, queues.searched),
    ...checkFences(stories, skewMs),
    ...checkAudit(stories),
    ...checkUnreadable(stories),
    ...transitions.violations,
    ...stuck.map((details): Violation => ({
      guarantee: 'G8',
      what: 'something is stuck at the end',
      details,
    })),
  ];
  return { violations, transitions: transitions.seen };
}
