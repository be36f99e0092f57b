import type { History } from '../history.ts';
import { checkAccepted } from './accepted.ts';
import { checkAudit } from './audit.ts';
import { checkFences } from './fences.ts';
import { checkFoundInTime } from './found-in-time.ts';
import { checkIndependence } from './independence.ts';
import { checkOrder, type OrderLimits } from './order.ts';
import { checkRuns } from './runs.ts';
import { storiesOf } from './stories.ts';
import type { Violation } from './violation.ts';

export interface CheckLimits extends OrderLimits {
  readonly skewMs: number;
}

/** Everything that a history shows to be broken. */
export function check(history: History, stuck: readonly string[], limits: CheckLimits): readonly Violation[] {
  const stories = storiesOf(history);
  return [
    ...checkAccepted(stories),
    ...checkRuns(stories),
    ...checkOrder(stories, limits),
    ...checkIndependence(stories),
    ...checkFoundInTime(stories),
    ...checkFences(stories, limits.skewMs),
    ...checkAudit(stories),
    ...stuck.map((details): Violation => ({
      guarantee: 'G8',
      what: 'something is stuck at the end',
      details,
    })),
  ];
}
