import Box from '@cloudscape-design/components/box';
import Header from '@cloudscape-design/components/header';
import Link from '@cloudscape-design/components/link';
import Table from '@cloudscape-design/components/table';
import { eventHref, laneHref } from '../address.ts';
import type { Reading } from '../api/use-reading.ts';
import type { Attention, PageOf } from '../api/wire.ts';
import { meaningOf } from '../words/attention-reason.ts';
import { Empty } from '../words/empty.tsx';
import { Time } from '../words/time.tsx';

/** What needs somebody, newest first. */
export function AttentionTable({ attention }: { readonly attention: Reading<PageOf<Attention>> }) {
  const { items = [], cursor } = attention.value ?? {};
  const more = cursor !== undefined;
  return (
    <Table
      items={[...items]}
      loading={attention.isFirst}
      loadingText="Reading the attention list"
      wrapLines
      enableKeyboardNavigation
      ariaLabels={{ tableLabel: 'Attention' }}
      header={
        <Header
          counter={attention.isFirst ? '' : `(${items.length}${more ? '+' : ''})`}
          description={more ? 'The newest; the others come up as these are repaired.' : undefined}
        >
          Needs you
        </Header>
      }
      empty={
        <Empty
          what="Nothing needs you"
          next="What fails for good, stands still or cannot be read is listed here, with what to do about it."
        />
      }
      columnDefinitions={[
        {
          id: 'event',
          header: 'Event',
          isRowHeader: true,
          minWidth: 130,
          cell: ({ source, eventId }) => (
            <>
              {eventId === undefined ? (
                'the whole source'
              ) : (
                <span data-row className="as-written">
                  <Link href={eventHref(source, eventId)}>{eventId}</Link>
                </span>
              )}
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
          cell: ({ lane }) => (lane === undefined ? '–' : <Link href={laneHref(lane)}>{lane}</Link>),
        },
        {
          id: 'at',
          header: 'Since',
          minWidth: 190,
          cell: ({ at }) => (at === undefined ? 'not known' : <Time at={at} isRelative />),
        },
      ]}
    />
  );
}
