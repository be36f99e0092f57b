import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import Link from '@cloudscape-design/components/link';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { href } from '../address.ts';
import { useReading } from '../api/use-reading.ts';
import type { Configuration } from '../api/wire.ts';
import type { Column } from '../lists/columns.tsx';
import { Rows } from '../lists/rows.tsx';
import { AsWritten } from '../words/as-written.tsx';
import { NoSource } from '../sources/no-source.tsx';
import { howMany } from '../words/how-many.ts';
import { Loading } from '../words/loading.tsx';
import { ProblemAlert } from '../words/problem-alert.tsx';
import { duration } from '../words/time.tsx';
import { retryInWords } from './retry-in-words.ts';

type Configured = Configuration['sources'][number];

/** Versions, and the configuration as the functions read it: every default filled in. */
export default function SettingsPage() {
  const configuration = useReading<Configuration>('ops/configuration', 0);
  if (configuration.problem !== undefined) return <ProblemAlert problem={configuration.problem} />;
  if (configuration.value === undefined) return <Loading what="the configuration" />;
  const { version, sources } = configuration.value;
  return (
    <SpaceBetween size="l">
      <Header variant="h1" description="Nothing is changed here: the configuration is code, and is deployed.">
        Settings
      </Header>
      <KeyValuePairs
        columns={3}
        items={[
          { label: 'Version that is deployed', value: version },
          { label: 'Version of this console', value: CONSOLE_VERSION },
          {
            label: 'The API, described',
            value: (
              <>
                <Link href="../docs/">Reference</Link> · <Link href="../ops/openapi.json">OpenAPI</Link>
              </>
            ),
          },
        ]}
      />
      <Rows
        label="Configuration"
        items={sources}
        columns={columns}
        trackBy="source"
        header={
          <Header
            counter={`(${sources.length})`}
            description="As hooklane.config.ts was read, with its defaults. It holds no secret."
          >
            Sources
          </Header>
        }
        empty={<NoSource />}
      />
    </SpaceBetween>
  );
}

const columns: readonly Column<Configured>[] = [
  {
    id: 'source',
    header: 'Source',
    isRowHeader: true,
    minWidth: 110,
    cell: ({ source, provider, subscriberOf }) => (
      <>
        <span data-row>
          <Link href={href(['sources', source])}>{source}</Link>
        </span>
        <div className="below">
          {subscriberOf === undefined ? (provider ?? 'your own') : `a subscriber of ${subscriberOf}`}
        </div>
      </>
    ),
  },
  {
    id: 'verify',
    header: 'Verified by',
    minWidth: 120,
    cell: ({ verify, methods, bodyFormats }) => (
      <>
        {verify}
        <div className="quiet">{[...methods, ...bodyFormats].join(', ')}</div>
      </>
    ),
  },
  {
    id: 'fields',
    header: 'Read from a body',
    minWidth: 190,
    cell: ({ id, type = 'the source', lane = 'none: each event is its own' }) => (
      <AsWritten text={`id: ${id}\ntype: ${type}\nlane: ${lane}`} />
    ),
  },
  { id: 'order', header: 'Order', minWidth: 150, cell: (one) => orderOf(one) },
  {
    id: 'failure',
    header: 'When a handler fails',
    minWidth: 190,
    cell: ({ retry, onExhausted, holdForSeconds, execution, breaker }) => (
      <>
        {execution === 'at-most-once' ? 'no second attempt' : retryInWords(retry)}; then its lane{' '}
        {onExhausted === 'hold' ? 'is held' : 'goes on'}
        {holdForSeconds !== undefined && ` for ${duration(holdForSeconds * 1000)}`}
        {breaker !== undefined && (
          <div className="quiet">
            {howMany(breaker.failures, 'failure')} in a row {breaker.failures === 1 ? 'trips' : 'trip'} its
            breaker
          </div>
        )}
      </>
    ),
  },
  {
    id: 'limits',
    header: 'Limits',
    minWidth: 170,
    cell: (one) => limitsOf(one).map((limit) => <div key={limit}>{limit}</div>),
  },
];

const limitsOf = ({
  maxBodyBytes,
  rateLimit,
  retentionDays,
  atMost = {},
  ending,
  redact = [],
}: Configured): readonly string[] => [
  `${maxBodyBytes.toLocaleString()} bytes, kept ${howMany(retentionDays, 'day')}`,
  ...(rateLimit === undefined
    ? []
    : [`${rateLimit.perMinute.toLocaleString()} a minute per ${rateLimit.per}`]),
  ...(atMost.perSecond === undefined ? [] : [`${atMost.perSecond} begin in a second`]),
  ...(atMost.atOnce === undefined ? [] : [`${atMost.atOnce} run at once`]),
  ...(ending === undefined ? [] : ['gets no new events']),
  ...(redact.length > 0 ? [`not shown: ${redact.join(', ')}`] : []),
];

function orderOf({ order }: Configured): string {
  if (order === undefined) return 'as they come';
  const { sequence, version, after, gapTimeoutSeconds, onGap = 'run' } = order;
  return [
    ...(sequence === undefined ? [] : [`by the number in ${sequence}`]),
    ...(version === undefined ? [] : [`the newest by ${version}`]),
    ...Object.entries(after ?? {}).map(([type, first]) => `${type} after ${first.join(', ')}`),
    ...(gapTimeoutSeconds === undefined
      ? []
      : [
          `a gap waits ${duration(gapTimeoutSeconds * 1000)}, then ${onGap === 'run' ? 'they run' : 'they fail'}`,
        ]),
  ].join('; ');
}
