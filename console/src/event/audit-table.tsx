import Table from '@cloudscape-design/components/table';
import type { AuditItem } from '../api/wire.ts';
import { duration, Time } from '../words/time.tsx';

/** Every decision about an event, oldest first. */
export function AuditTable({ items }: { readonly items: readonly AuditItem[] }) {
  return (
    <Table
      variant="embedded"
      items={[...items]}
      wrapLines
      contentDensity="compact"
      enableKeyboardNavigation
      ariaLabels={{ tableLabel: 'Audit' }}
      columnDefinitions={[
        { id: 'at', header: 'When', cell: ({ at }) => <Time at={at} />, minWidth: 190 },
        { id: 'what', header: 'What', cell: whatHappened, minWidth: 150 },
        {
          id: 'actor',
          header: 'By',
          cell: ({ actor }) => <span className="as-written">{actor}</span>,
          minWidth: 140,
        },
        {
          id: 'why',
          header: 'Why and with what',
          cell: (item) => <span className="as-written">{moreOf(item)}</span>,
          minWidth: 240,
        },
      ]}
    />
  );
}

const whatHappened = ({ what, attempt }: AuditItem): string =>
  what === 'started' && attempt !== undefined ? `started (attempt ${attempt})` : what;

function moreOf({
  reason,
  durationMs,
  nextAt,
  result,
  sameBody,
  answered,
  lacks,
  sender,
}: AuditItem): string {
  return [
    reason,
    durationMs !== undefined && `took ${duration(durationMs)}`,
    nextAt !== undefined && `next attempt at ${new Date(nextAt).toLocaleTimeString()}`,
    result !== undefined && `result ${JSON.stringify(result)}`,
    answered !== undefined && `answered ${answered}`,
    sameBody === false && 'its body was another one',
    lacks !== undefined && lacks.length > 0 && `lacked ${lacks.join(', ')}`,
    sender !== undefined && `sent by ${sender}`,
  ]
    .filter((part) => typeof part === 'string')
    .join('\n');
}
