import Flashbar from '@cloudscape-design/components/flashbar';
import { useConnection } from '../api/connection.ts';
import { localTime } from '../words/time.tsx';

/** Says that the API is away, since when and why; goes by itself when it answers again. */
export function ConnectionBanner() {
  const connection = useConnection();
  if (connection.kind === 'reachable') return null;
  return (
    <Flashbar
      items={[
        {
          type: 'error',
          id: 'away',
          header: 'The operations API does not answer',
          content: `${connection.why} What you see is what was known at ${localTime(connection.since)}. It is asked again every two seconds.`,
        },
      ]}
    />
  );
}
