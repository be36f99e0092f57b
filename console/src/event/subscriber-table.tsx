import Link from '@cloudscape-design/components/link';
import { eventHref } from '../address.ts';
import type { Event } from '../api/wire.ts';
import { numberColumn, textColumn, timeColumn, type Column } from '../lists/columns.tsx';
import { Rows } from '../lists/rows.tsx';
import { State } from '../words/state.tsx';

/** How an event is doing at each subscriber that it was handed on to. What can be done about one is on the page of that one's own event. */
export const SubscriberTable = ({ event }: { readonly event: Event }) => (
  <Rows variant="embedded" label="Subscribers" items={event.subscribers ?? []} columns={columnsOf(event)} />
);

const columnsOf = ({ source, eventId }: Event): readonly Column<Subscriber>[] => [
  {
    id: 'name',
    header: 'Subscriber',
    isRowHeader: true,
    minWidth: 130,
    cell: ({ name }) => <Link href={eventHref(`${source}.${name}`, eventId)}>{name}</Link>,
  },
  { id: 'state', header: 'State', minWidth: 145, cell: ({ state }) => <State state={state} /> },
  numberColumn('attempts', 'Attempts', ({ attempts }) => attempts),
  timeColumn('changed', 'Changed', ({ changedAt }) => changedAt),
  textColumn('why', 'Why', ({ reason }) => reason),
];

type Subscriber = NonNullable<Event['subscribers']>[number];
