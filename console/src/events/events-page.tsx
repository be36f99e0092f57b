import Link from '@cloudscape-design/components/link';
import PropertyFilter from '@cloudscape-design/components/property-filter';
import type { TableProps } from '@cloudscape-design/components/table';
import { eventHref, goTo, href, laneHref, type Place } from '../address.ts';
import { useReading } from '../api/use-reading.ts';
import type { EventSummary, PageOf, Source } from '../api/wire.ts';
import { ListPage } from '../lists/list-page.tsx';
import { usePages } from '../lists/use-pages.ts';
import { Empty } from '../words/empty.tsx';
import { State } from '../words/state.tsx';
import { Time } from '../words/time.tsx';
import { filterFrom, filterOf, properties, stateOptions, tokensOf } from './event-filter.ts';

/** Events, the newest first. The filter is in the address: what is looked at can be sent to somebody. */
export default function EventsPage({ place }: { readonly place: Place }) {
  const filter = filterOf(place.query);
  const pages = usePages<EventSummary>('ops/events', filter);
  const sources = useReading<PageOf<Source>>('ops/sources', 0);
  const isFiltered = filter.size > 0;
  const sourceOptions = (sources.value?.items ?? []).map(({ source }) => ({
    propertyKey: 'source',
    value: source,
  }));
  return (
    <ListPage
      name="Events"
      description="The newest first."
      pages={pages}
      trackBy={({ source, eventId }) => `${source}#${eventId}`}
      columns={columns}
      filter={
        <div data-filter>
          <PropertyFilter
            query={tokensOf(filter)}
            onChange={({ detail }) => goTo(href(['events'], filterFrom(detail)))}
            filteringProperties={properties}
            filteringOptions={[...stateOptions, ...sourceOptions]}
            filteringPlaceholder="Text of an id, or a property"
            filteringAriaLabel="Filter of events"
            hideOperations
          />
        </div>
      }
      empty={
        <Empty
          what={isFiltered ? 'No event matches' : 'No event yet'}
          next={
            pages.next !== undefined
              ? 'There may be older ones: turn the page.'
              : isFiltered
                ? 'Take a property out of the filter. Events whose body has expired are found by their id alone.'
                : 'Send a first one: `npm start` has printed how, and `hooklane send` signs one as a provider does.'
          }
        />
      }
    />
  );
}

const columns: readonly TableProps.ColumnDefinition<EventSummary>[] = [
  {
    id: 'event',
    header: 'Event',
    isRowHeader: true,
    minWidth: 150,
    cell: ({ source, eventId }) => (
      <>
        <span data-row className="as-written">
          <Link href={eventHref(source, eventId)}>{eventId}</Link>
        </span>
        <div className="quiet">{source}</div>
      </>
    ),
  },
  {
    id: 'state',
    header: 'State',
    minWidth: 140,
    cell: ({ state, unreadable }) => (unreadable === true ? 'cannot be read' : <State state={state} />),
  },
  {
    id: 'type',
    header: 'Type',
    minWidth: 130,
    cell: ({ type = '–' }) => <span className="as-written">{type}</span>,
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
  { id: 'attempts', header: 'Attempts', minWidth: 90, cell: ({ attempts }) => attempts },
  {
    id: 'why',
    header: 'Why',
    minWidth: 200,
    cell: ({ reason = '' }) => <span className="as-written">{reason.slice(0, 300)}</span>,
  },
  {
    id: 'accepted',
    header: 'Accepted',
    minWidth: 190,
    cell: ({ acceptedAt }) => (acceptedAt === undefined ? 'not known' : <Time at={acceptedAt} />),
  },
];
