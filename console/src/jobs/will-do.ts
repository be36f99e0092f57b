import type { Job } from '../api/wire.ts';
import { isFinal, toEvent } from '../event/actions.ts';

/** What a job will do, in words. */
export function willDo({ action, plan: { isWhole } }: Pick<Job, 'action' | 'plan'>): string {
  const toLanes =
    action === 'redrive' || action === 'replay'
      ? 'The events of a lane go in the order in which they were accepted; lanes go side by side.'
      : 'Lanes that one of them holds go on.';
  const changed = 'What changes between the plan and the run is left alone.';
  const rest = isWhole ? [] : ['There are more than one job takes: plan another when this one is finished.'];
  const final = isFinal(action) ? ['This cannot be undone.'] : [];
  return [toEvent(action, 'Each'), toLanes, changed, ...final, ...rest].join(' ');
}
