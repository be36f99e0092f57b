import Header from '@cloudscape-design/components/header';
import Link from '@cloudscape-design/components/link';
import { listHref } from '../address.ts';
import type { Numbers } from '../api/wire.ts';
import { numberColumn, type Column } from '../lists/columns.tsx';
import { Rows } from '../lists/rows.tsx';
import { NoSource } from '../sources/no-source.tsx';
import { duration } from '../words/time.tsx';

type SourceNumbers = Numbers['sources'][number];

/** What each source did in the last quarter of an hour. */
export const SourceNumbersTable = ({ sources }: { readonly sources: readonly SourceNumbers[] }) => (
  <Rows
    label="Numbers"
    items={sources}
    columns={columns}
    trackBy="source"
    header={
      <Header description="Latencies and lag are of the newest 50 events of each source.">
        The last 15 minutes
      </Header>
    }
    empty={<NoSource />}
  />
);

const columns: readonly Column<SourceNumbers>[] = [
  {
    id: 'source',
    header: 'Source',
    isRowHeader: true,
    minWidth: 130,
    cell: ({ source }) => <Link href={listHref('events', { source })}>{source}</Link>,
  },
  numberColumn('accepted', 'Accepted', ({ accepted }) => accepted),
  { id: 'course', header: 'By the minute', minWidth: 150, cell: (numbers) => <Course of={numbers} /> },
  {
    id: 'started',
    header: 'Started after',
    minWidth: 120,
    cell: ({ startedAfterMs }) => <Spread of={startedAfterMs} />,
  },
  {
    id: 'done',
    header: 'Done after',
    minWidth: 120,
    cell: ({ finishedAfterMs }) => <Spread of={finishedAfterMs} />,
  },
  {
    id: 'lag',
    header: 'Oldest not begun',
    minWidth: 110,
    cell: ({ lagSeconds }) => (lagSeconds === 0 ? 'none' : duration(lagSeconds * 1000)),
  },
  {
    id: 'refused',
    header: 'Refused',
    minWidth: 150,
    cell: ({ source, refused }) => {
      const causes = Object.entries(refused).map(([cause, count]) => `${cause} ${count}`);
      return causes.length === 0 ? (
        'none'
      ) : (
        <Link href={listHref('rejections', { source })}>{causes.join(', ')}</Link>
      );
    },
  },
];

function Spread({ of }: { readonly of: SourceNumbers['finishedAfterMs'] }) {
  if (of === undefined) return '–';
  return (
    <>
      {duration(of.p50)}
      <div className="quiet">95 %: {duration(of.p95)}</div>
    </>
  );
}

const width = 120;
const height = 20;

/** Events of each minute as bars; what it says stands beside it. */
function Course({ of: { minutes, perMinute } }: { readonly of: SourceNumbers }) {
  const most = Math.max(1, ...minutes);
  const step = width / Math.max(1, minutes.length);
  return (
    <>
      <svg width={width} height={height} aria-hidden="true" className="course">
        {minutes.map((count, minute) => {
          const tall = (count / most) * height;
          return (
            <rect
              key={minute}
              x={minute * step}
              y={height - tall}
              width={Math.max(1, step - 1)}
              height={tall}
            />
          );
        })}
      </svg>
      <div className="quiet">{perMinute.toLocaleString()} a minute</div>
    </>
  );
}
