import StatusIndicator, { type StatusIndicatorProps } from '@cloudscape-design/components/status-indicator';
import type { EventState } from '../api/wire.ts';

export const stateNames: Readonly<Record<EventState, string>> = {
  pending: 'Accepted',
  processing: 'Running',
  retrying: 'Retrying',
  waiting: 'Waiting',
  reopened: 'Put back',
  processed: 'Processed',
  ignored: 'Ignored',
  superseded: 'Superseded',
  failed: 'Failed',
  quarantined: 'Quarantined',
  discarded: 'Discarded',
  resolved: 'Resolved',
};

const looks: Readonly<Record<EventState, StatusIndicatorProps.Type>> = {
  pending: 'pending',
  processing: 'in-progress',
  retrying: 'warning',
  waiting: 'pending',
  reopened: 'pending',
  processed: 'success',
  ignored: 'stopped',
  superseded: 'stopped',
  failed: 'error',
  quarantined: 'error',
  discarded: 'stopped',
  resolved: 'success',
};

export const State = ({ state }: { readonly state: EventState }) => (
  <StatusIndicator type={looks[state]}>{stateNames[state]}</StatusIndicator>
);
