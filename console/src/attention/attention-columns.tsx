import Box from '@cloudscape-design/components/box';
import Link from '@cloudscape-design/components/link';
import type { TableProps } from '@cloudscape-design/components/table';
import { eventHref, href, laneHref } from '../address.ts';
import type { Attention } from '../api/wire.ts';
import { meaningOf } from '../words/attention-reason.ts';
import { Empty } from '../words/empty.tsx';
import { Time } from '../words/time.tsx';

/** What is told of each that needs somebody, on the overview and on a page of its own. */
export const attentionColumns: readonly TableProps.ColumnDefinition<Attention>[] = [
  {
    id: 'event',
    header: 'Event',
    isRowHeader: true,
    minWidth: 130,
    cell: ({ source, eventId }) => (
      <>
        <span data-row className="as-written">
          {eventId === undefined ? (
            <Link href={href(['sources', source])}>the whole source</Link>
          ) : (
            <Link href={eventHref(source, eventId)}>{eventId}</Link>
          )}
        </span>
        <Box color="text-body-secondary">{source}</Box>
      </>
    ),
  },
  {
    id: 'reason',
    header: 'Why',
    minWidth: 170,
    cell: ({ reason }) => (
      <>
        <strong>{reason}</strong>
        <Box color="text-body-secondary">{meaningOf(reason)}</Box>
      </>
    ),
  },
  {
    id: 'lane',
    header: 'Lane',
    minWidth: 140,
    cell: ({ lane }) =>
      lane === undefined ? (
        '–'
      ) : (
        <span className="as-written">
          <Link href={laneHref(lane)}>{lane}</Link>
        </span>
      ),
  },
  {
    id: 'at',
    header: 'Since',
    minWidth: 190,
    cell: ({ at }) => (at === undefined ? 'not known' : <Time at={at} isRelative />),
  },
];

export const NothingNeedsYou = () => (
  <Empty
    what="Nothing needs you"
    next="What fails for good, stands still or cannot be read is listed here, with what to do about it."
  />
);
