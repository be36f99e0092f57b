import CollectionPreferences from '@cloudscape-design/components/collection-preferences';
import PropertyFilter from '@cloudscape-design/components/property-filter';
import { useState } from 'react';
import { goTo, href, type Place } from '../address.ts';
import { useReading } from '../api/use-reading.ts';
import type { Configuration, EventSummary } from '../api/wire.ts';
import {
  eventColumn,
  laneColumn,
  numberColumn,
  textColumn,
  timeColumn,
  type Column,
} from '../lists/columns.tsx';
import { ListPage } from '../lists/list-page.tsx';
import { usePages } from '../lists/use-pages.ts';
import { listOf, useStored } from '../shell/stored.ts';
import { AsWritten } from '../words/as-written.tsx';
import { Empty } from '../words/empty.tsx';
import { State } from '../words/state.tsx';
import { ActOnSelected } from './act-on-selected.tsx';
import { filterFrom, filterOf, properties, stateOptions, tokensOf } from './event-filter.ts';
import { SavedFilters } from './saved-filters.tsx';

/** Events, the newest first. The filter is in the address: what is looked at can be sent to somebody. */
export default function EventsPage({ place }: { readonly place: Place }) {
  const filter = filterOf(place.query);
  const pages = usePages<EventSummary>('ops/events', filter);
  const [selectedKeys, select] = useState<ReadonlySet<string>>(new Set());
  const selected = (pages.value?.items ?? []).filter((one) => selectedKeys.has(keyOf(one)));
  const [stored, store] = useStored('event-columns');
  const shown = listOf(stored) ?? usualColumns;
  const configuration = useReading<Configuration>('ops/configuration', 0);
  const isFiltered = filter.size > 0;
  const sourceOptions = (configuration.value?.sources ?? []).map(({ source }) => ({
    propertyKey: 'source',
    value: source,
  }));
  return (
    <ListPage
      name="Events"
      description="The newest first."
      pages={pages}
      trackBy={keyOf}
      columns={columns}
      actions={
        <ActOnSelected
          selected={selected}
          filter={filter}
          done={() => {
            select(new Set());
            pages.again();
          }}
        />
      }
      selection={{
        items: selected,
        change: (items) => select(new Set(items.map(keyOf))),
        labelOf: ({ eventId }) => eventId,
      }}
      visible={{
        columns: shown,
        preferences: (
          <CollectionPreferences
            title="Columns"
            confirmLabel="Keep"
            cancelLabel="Cancel"
            preferences={{ visibleContent: shown }}
            visibleContentPreference={{
              title: 'Columns to show',
              options: [
                {
                  label: 'Of an event',
                  options: columns.map(({ id, header }) => ({
                    id,
                    label: header,
                    editable: id !== 'event',
                  })),
                },
              ],
            }}
            onConfirm={({ detail }) => store(JSON.stringify(detail.visibleContent ?? usualColumns))}
          />
        ),
      }}
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
            customControl={<SavedFilters filter={filter} />}
          />
        </div>
      }
      empty={
        <Empty
          what={isFiltered ? 'No event matches' : 'No event yet'}
          next={
            isFiltered
              ? 'Take a property out of the filter. Events whose body has expired are found by their id alone.'
              : 'Send a first one: `npm start` has printed how, and `hooklane send` signs one as a provider does.'
          }
        />
      }
    />
  );
}

const keyOf = ({ source, eventId }: EventSummary): string => `${source}#${eventId}`;

const usualColumns = ['event', 'state', 'type', 'lane', 'why', 'accepted'];

const columns: readonly Column<EventSummary>[] = [
  eventColumn,
  {
    id: 'state',
    header: 'State',
    minWidth: 145,
    cell: ({ state, unreadable }) => (unreadable === true ? 'cannot be read' : <State state={state} />),
  },
  {
    id: 'type',
    header: 'Type',
    minWidth: 130,
    cell: ({ type = '–' }) => <AsWritten text={type} />,
  },
  laneColumn,
  numberColumn('attempts', 'Attempts', ({ attempts }) => attempts),
  textColumn('why', 'Why', ({ reason }) => reason),
  timeColumn('accepted', 'Accepted', ({ acceptedAt }) => acceptedAt, { unknown: 'not known' }),
  timeColumn('changed', 'Changed', ({ changedAt }) => changedAt),
  timeColumn('next', 'Next attempt', ({ nextAt }) => nextAt, { isRelative: true }),
  {
    id: 'bytes',
    header: 'Body',
    minWidth: 110,
    cell: ({ bodyBytes }) => (bodyBytes === undefined ? 'expired' : `${bodyBytes.toLocaleString()} bytes`),
  },
];
