import Box from '@cloudscape-design/components/box';
import Header from '@cloudscape-design/components/header';
import Link from '@cloudscape-design/components/link';
import Table from '@cloudscape-design/components/table';
import { href } from '../address.ts';
import type { Numbers } from '../api/wire.ts';
import { Empty } from '../words/empty.tsx';
import { duration } from '../words/time.tsx';

type SourceNumbers = Numbers['sources'][number];

/** What each source did in the last quarter of an hour. */
export function SourceNumbersTable({ sources }: { readonly sources: readonly SourceNumbers[] }) {
  return (
    <Table
      items={sources}
      trackBy="source"
      wrapLines
      enableKeyboardNavigation
      ariaLabels={{ tableLabel: 'Numbers' }}
      header={
        <Header description="Latencies and lag are of the newest 50 events of each source.">
          The last 15 minutes
        </Header>
      }
      empty={<Empty what="No source is configured" next="A source is a line in hooklane.config.ts." />}
      columnDefinitions={[
        {
          id: 'source',
          header: 'Source',
          isRowHeader: true,
          minWidth: 100,
          cell: ({ source }) => (
            <Link href={href(['events'], new URLSearchParams({ source }))}>{source}</Link>
          ),
        },
        {
          id: 'accepted',
          header: 'Accepted',
          minWidth: 90,
          cell: ({ accepted }) => accepted.toLocaleString(),
        },
        { id: 'course', header: 'By the minute', minWidth: 140, cell: (numbers) => <Course of={numbers} /> },
        {
          id: 'started',
          header: 'Started after',
          minWidth: 130,
          cell: ({ startedAfterMs }) => spread(startedAfterMs),
        },
        {
          id: 'done',
          header: 'Done after',
          minWidth: 130,
          cell: ({ finishedAfterMs }) => spread(finishedAfterMs),
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
          minWidth: 130,
          cell: ({ source, refused }) => {
            const causes = Object.entries(refused).map(([cause, count]) => `${cause} ${count}`);
            return causes.length === 0 ? (
              'none'
            ) : (
              <Link href={href(['rejections'], new URLSearchParams({ source }))}>{causes.join(', ')}</Link>
            );
          },
        },
      ]}
    />
  );
}

const spread = (of: SourceNumbers['finishedAfterMs']): string =>
  of === undefined ? '–' : `${duration(of.p50)} (95 %: ${duration(of.p95)})`;

const width = 120;
const height = 24;

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
      <Box color="text-body-secondary">{perMinute.toLocaleString()} a minute</Box>
    </>
  );
}
