import Link from '@cloudscape-design/components/link';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { href } from '../address.ts';
import type { Source } from '../api/wire.ts';
import type { Column } from '../lists/columns.tsx';
import { ListPage } from '../lists/list-page.tsx';
import { usePages } from '../lists/use-pages.ts';
import { Copyable } from '../words/copyable.tsx';
import { NoSource } from './no-source.tsx';
import { useNow } from '../words/time.tsx';
import { GateButtons } from './gate-buttons.tsx';
import { LastEvent, LastRefusal } from './newest.tsx';
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
      empty={<NoSource />}
    />
  );
}

const columnsOf = (now: number, done: () => void): readonly Column<Source>[] => [
  {
    id: 'source',
    header: 'Source',
    isRowHeader: true,
    minWidth: 200,
    cell: ({ source, path, subscriberOf }) => (
      <>
        <span data-row>
          <Link href={href(['sources', source])}>{source}</Link>
        </span>
        <div className="below">
          {path === undefined ? (
            `a subscriber of ${subscriberOf ?? '?'}`
          ) : (
            <Copyable text={path} what={path} />
          )}
        </div>
      </>
    ),
  },
  {
    id: 'runs',
    header: 'Its events',
    minWidth: 230,
    cell: (source) => {
      const stops = stopsOf(source, now);
      return (
        <SpaceBetween size="xxs">
          <Runs stops={stops} />
          <GateButtons variant="inline-link" source={source.source} stops={stops} done={done} />
        </SpaceBetween>
      );
    },
  },
  { id: 'secret', header: 'Secret', minWidth: 160, cell: (source) => <Secret source={source} /> },
  { id: 'last', header: 'Last event', minWidth: 160, cell: (source) => <LastEvent source={source} /> },
  { id: 'refusal', header: 'Last refusal', minWidth: 180, cell: (source) => <LastRefusal source={source} /> },
];

function Secret({ source: { secret, isForIam } }: { readonly source: Source }) {
  if (isForIam) return 'none: callers sign for IAM';
  if (secret === undefined) return 'none is needed';
  return (
    <>
      <StatusIndicator type={secret.isPresent ? 'success' : 'error'}>
        {secret.isPresent ? 'Present' : 'Missing'}
      </StatusIndicator>
      <div className="quiet">{secret.isPresent ? secret.name : `${secret.name}: everything is refused`}</div>
    </>
  );
}
