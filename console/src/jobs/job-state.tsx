import StatusIndicator, { type StatusIndicatorProps } from '@cloudscape-design/components/status-indicator';
import type { Job } from '../api/wire.ts';

const looks: Readonly<Record<Job['state'], StatusIndicatorProps.Type>> = {
  planned: 'pending',
  running: 'in-progress',
  paused: 'stopped',
  cancelled: 'stopped',
  finished: 'success',
};

export const JobState = ({ state }: Pick<Job, 'state'>) => (
  <StatusIndicator type={looks[state]}>{state}</StatusIndicator>
);
