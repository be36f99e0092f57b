import Link from '@cloudscape-design/components/link';
import Table from '@cloudscape-design/components/table';
import { eventHref } from '../address.ts';
import type { Event } from '../api/wire.ts';
import { State } from '../words/state.tsx';
import { Time } from '../words/time.tsx';

/** How an event is doing at each subscriber that it was handed on to. What can be done about one is on the page of that one's own event. */
export function SubscriberTable({ event: { source, eventId, subscribers = [] } }: { readonly event: Event }) {
  return (
    <Table
      variant="embedded"
      items={[...subscribers]}
      wrapLines
      contentDensity="compact"
      enableKeyboardNavigation
      ariaLabels={{ tableLabel: 'Subscribers' }}
      columnDefinitions={[
        {
          id: 'name',
          header: 'Subscriber',
          isRowHeader: true,
          cell: ({ name }) => <Link href={eventHref(`${source}.${name}`, eventId)}>{name}</Link>,
          minWidth: 130,
        },
        { id: 'state', header: 'State', cell: ({ state }) => <State state={state} />, minWidth: 125 },
        { id: 'attempts', header: 'Attempts', cell: ({ attempts }) => attempts, minWidth: 85 },
        {
          id: 'changed',
          header: 'Changed',
          cell: ({ changedAt }) => (changedAt === undefined ? '–' : <Time at={changedAt} />),
          minWidth: 190,
        },
        {
          id: 'why',
          header: 'Why',
          cell: ({ reason }) => <span className="as-written">{reason}</span>,
          minWidth: 160,
        },
      ]}
    />
  );
}
