import Link from '@cloudscape-design/components/link';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import type { TableProps } from '@cloudscape-design/components/table';
import { eventHref, href } from '../address.ts';
import type { Source } from '../api/wire.ts';
import { ListPage } from '../lists/list-page.tsx';
import { usePages } from '../lists/use-pages.ts';
import { Copyable } from '../words/copyable.tsx';
import { Empty } from '../words/empty.tsx';
import { Time, useNow } from '../words/time.tsx';
import { GateButtons } from './gate-buttons.tsx';
import { noneSince } from './none-since.ts';
import { Runs } from './stop-words.tsx';
import { stopsOf } from './stops.ts';

/** The sources of the configuration: where to send to, whether the secret is there, what came last. */
export default function SourcesPage() {
  const pages = usePages<Source>('ops/sources');
  return (
    <ListPage
      name="Sources"
      description="Register a source's path, below the address of your API, at its provider, and put the provider's secret into the secret of its name."
      pages={pages}
      trackBy="source"
      columns={columnsOf(useNow(), pages.again)}
      empty={<Empty what="No source is configured" next="A source is a line in hooklane.config.ts." />}
    />
  );
}

const columnsOf = (now: number, done: () => void): readonly TableProps.ColumnDefinition<Source>[] => [
  {
    id: 'source',
    header: 'Source',
    isRowHeader: true,
    minWidth: 110,
    cell: ({ source }) => (
      <span data-row>
        <Link href={href(['sources', source])}>{source}</Link>
      </span>
    ),
  },
  {
    id: 'path',
    header: 'Path',
    minWidth: 220,
    cell: ({ path, subscriberOf = '' }) =>
      path === undefined ? `of ${subscriberOf}` : <Copyable text={path} what={path} />,
  },
  { id: 'secret', header: 'Secret', minWidth: 180, cell: (source) => <Secret source={source} /> },
  {
    id: 'runs',
    header: 'Its events',
    minWidth: 150,
    cell: (source) => {
      const stops = stopsOf(source, now);
      return (
        <SpaceBetween size="xxs">
          <Runs stops={stops} />
          <GateButtons source={source.source} stops={stops} done={done} />
        </SpaceBetween>
      );
    },
  },
  {
    id: 'policy',
    header: 'When an event fails for good',
    minWidth: 170,
    cell: ({ onExhausted, execution }) =>
      `its lane ${onExhausted === 'hold' ? 'is held' : 'goes on'}; ${execution.replaceAll('-', ' ')}`,
  },
  {
    id: 'last',
    header: 'Last event',
    minWidth: 190,
    cell: ({ source, lastEvent, unfinished }) =>
      lastEvent === undefined ? (
        noneSince('lastEvent', unfinished)
      ) : (
        <Link href={eventHref(source, lastEvent.eventId)}>
          <Time at={lastEvent.acceptedAt} isRelative />
        </Link>
      ),
  },
  {
    id: 'refusal',
    header: 'Last refusal',
    minWidth: 190,
    cell: ({ source, lastRefusal, unfinished }) =>
      lastRefusal === undefined ? (
        noneSince('lastRefusal', unfinished)
      ) : (
        <Link href={href(['rejections'], new URLSearchParams({ source }))}>
          {lastRefusal.cause} <Time at={lastRefusal.at} isRelative />
        </Link>
      ),
  },
  {
    id: 'handshake',
    header: 'Handshake',
    minWidth: 150,
    cell: ({ lastHandshake, unfinished }) =>
      lastHandshake === undefined ? (
        noneSince('lastHandshake', unfinished)
      ) : (
        <Time at={lastHandshake} isRelative />
      ),
  },
];

function Secret({ source: { secret, isForIam } }: { readonly source: Source }) {
  if (isForIam) return 'none: callers sign for IAM';
  if (secret === undefined) return 'none is needed';
  return secret.isPresent ? (
    <StatusIndicator type="success">{secret.name}: present</StatusIndicator>
  ) : (
    <StatusIndicator type="error">{secret.name}: missing, everything is refused</StatusIndicator>
  );
}
