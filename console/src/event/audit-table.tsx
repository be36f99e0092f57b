import type { AuditItem } from '../api/wire.ts';
import { timeColumn, type Column } from '../lists/columns.tsx';
import { Rows } from '../lists/rows.tsx';
import { AsWritten } from '../words/as-written.tsx';
import { duration } from '../words/time.tsx';

/** Every decision about an event, oldest first. */
export const AuditTable = ({ items }: { readonly items: readonly AuditItem[] }) => (
  <Rows variant="embedded" label="Audit" items={items} columns={columns} />
);

const columns: readonly Column<AuditItem>[] = [
  { id: 'what', header: 'What', isRowHeader: true, minWidth: 150, cell: whatHappened },
  { ...timeColumn('at', 'When', ({ at }) => at), minWidth: 190 },
  { id: 'actor', header: 'By', minWidth: 160, cell: ({ actor }) => <AsWritten text={actor} /> },
  {
    id: 'why',
    header: 'Why and with what',
    minWidth: 240,
    cell: (item) => {
      const more = moreOf(item);
      return more === '' ? '–' : <AsWritten text={more} />;
    },
  },
];

function whatHappened({ what, attempt }: AuditItem): string {
  return what === 'started' && attempt !== undefined ? `started (attempt ${attempt})` : what;
}

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
