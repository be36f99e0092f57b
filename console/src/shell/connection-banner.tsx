import Alert from '@cloudscape-design/components/alert';
import { useConnection } from '../api/connection.ts';
import { localTime } from '../words/time.tsx';

/** Says that the API is away, or lets nobody in, since when and why; goes by itself when it answers again. */
export function ConnectionBanner() {
  const connection = useConnection();
  if (connection.kind === 'reachable') return null;
  return (
    <Alert type="error" header={headers[connection.kind]}>
      <span className="as-written">
        {connection.why} What you see is what was known at {localTime(connection.since)}. It is asked again
        every two seconds.
      </span>
    </Alert>
  );
}

const headers = {
  away: 'The operations API does not answer',
  denied: 'Your credentials are not accepted any more',
} as const;
