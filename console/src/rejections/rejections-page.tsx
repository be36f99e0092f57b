import Link from '@cloudscape-design/components/link';
import { href, type Place } from '../address.ts';
import type { Rejection } from '../api/wire.ts';
import { numberColumn, timeColumn, type Column } from '../lists/columns.tsx';
import { ListPage } from '../lists/list-page.tsx';
import { usePages } from '../lists/use-pages.ts';
import { Empty } from '../words/empty.tsx';

const filters = ['source', 'cause', 'ip'] as const;

/** Requests that became no event. Each source, cause and address in the table leads to its like. */
export default function RejectionsPage({ place: { query } }: { readonly place: Place }) {
  const filter = new URLSearchParams([...query].filter(([name]) => filters.some((known) => known === name)));
  const pages = usePages<Rejection>('ops/rejections', filter);
  const only = (name: (typeof filters)[number], value: string) => {
    const next = new URLSearchParams(filter);
    next.set(name, value);
    return <Link href={href(['rejections'], next)}>{value}</Link>;
  };
  const columns: readonly Column<Rejection>[] = [
    {
      id: 'cause',
      header: 'Cause',
      isRowHeader: true,
      minWidth: 140,
      cell: ({ cause, count }) => (
        <span data-row>
          {only('cause', cause)}
          {count !== undefined && count > 1 && ` ×${count.toLocaleString()}`}
        </span>
      ),
    },
    { id: 'source', header: 'Source', minWidth: 100, cell: ({ source }) => only('source', source) },
    numberColumn('status', 'Answered', ({ status }) => status),
    { id: 'ip', header: 'From', minWidth: 130, cell: ({ ip }) => only('ip', ip) },
    numberColumn('body', 'Body, in bytes', ({ bodyBytes }) => bodyBytes, 130),
    timeColumn('at', 'When', ({ at }) => at, { isRelative: true }),
  ];
  const named = [...filter].map(([name, value]) => `${name} ${value}`).join(', ');
  return (
    <ListPage
      name="Rejections"
      description={named === '' ? 'Requests of the last seven days that became no event.' : `Only ${named}.`}
      actions={named === '' ? undefined : <Link href={href(['rejections'])}>Show all</Link>}
      pages={pages}
      trackBy="requestId"
      empty={
        <Empty
          what="Nothing was refused"
          next="A wrong signature, a body that is no event, too many requests: each is listed here with what the sender was answered."
        />
      }
      columns={columns}
    />
  );
}
