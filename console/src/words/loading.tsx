import StatusIndicator from '@cloudscape-design/components/status-indicator';

/** Nothing turns without saying what it waits for. */
export const Loading = ({ what }: { readonly what: string }) => (
  <StatusIndicator type="loading">Reading {what}</StatusIndicator>
);
