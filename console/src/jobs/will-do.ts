import type { Job } from '../api/wire.ts';

const toEvents: Readonly<Record<Job['action'], string>> = {
  redrive: 'Each runs again, with all its attempts and under the same idempotency key',
  replay: 'Each runs again on purpose, under a new idempotency key: its effects happen a second time',
  resolve: 'Each is closed as if it had happened; no handler runs',
  discard: 'Each is given up: it never runs again',
};

/** What a job will do, in words. */
export function willDo({ action, plan: { isWhole } }: Pick<Job, 'action' | 'plan'>): string {
  const toLanes =
    action === 'redrive' || action === 'replay'
      ? 'The events of a lane go in the order in which they were accepted; lanes go side by side.'
      : 'Lanes that one of them holds go on.';
  const changed = 'What changes between the plan and the run is left alone.';
  const rest = isWhole ? [] : ['There are more than one job takes: plan another when this one is finished.'];
  const final = action === 'resolve' || action === 'discard' ? ['This cannot be undone.'] : [];
  return [`${toEvents[action]}.`, toLanes, changed, ...final, ...rest].join(' ');
}
