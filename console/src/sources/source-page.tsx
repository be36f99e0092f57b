import Alert from '@cloudscape-design/components/alert';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import Link from '@cloudscape-design/components/link';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { href, listHref, type Place } from '../address.ts';
import { inPath } from '../api/operations-api.ts';
import { useReading } from '../api/use-reading.ts';
import type { Audit, PageOf, Source } from '../api/wire.ts';
import { AuditTable } from '../event/audit-table.tsx';
import { Empty } from '../words/empty.tsx';
import { Loading } from '../words/loading.tsx';
import { ProblemAlert } from '../words/problem-alert.tsx';
import { useNow } from '../words/time.tsx';
import { Connect } from './connect.tsx';
import { GateButtons } from './gate-buttons.tsx';
import { LastEvent, LastHandshake, LastRefusal } from './newest.tsx';
import { stopWords, StopStory } from './stop-words.tsx';
import { stopsOf } from './stops.ts';

/** One source: how it is connected, how it is doing, and whether it is paused. */
export default function SourcePage({ place }: { readonly place: Place }) {
  const [, name = ''] = place.parts;
  const sources = useReading<PageOf<Source>>(
    `ops/sources?${new URLSearchParams({ source: name }).toString()}`,
  );
  const audit = useReading<Audit>(`ops/sources/${inPath(name)}/audit`);
  const now = useNow();
  if (sources.problem?.cause === 'unknown-source') {
    return (
      <Empty what="There is no such source" next="A source is a line in hooklane.config.ts.">
        <a href={href(['sources'])}>To the sources</a>
      </Empty>
    );
  }
  if (sources.problem !== undefined) return <ProblemAlert problem={sources.problem} />;
  const source = sources.value?.items[0];
  if (source === undefined) return <Loading what="the source" />;
  const stops = stopsOf(source, now);
  const { provider } = source;
  const again = () => {
    sources.again();
    audit.again();
  };
  return (
    <SpaceBetween size="l">
      <Header
        variant="h1"
        description={
          source.subscriberOf === undefined ? (
            (provider?.title ?? 'A source of your own')
          ) : (
            <>
              A subscriber of <Link href={href(['sources', source.subscriberOf])}>{source.subscriberOf}</Link>
            </>
          )
        }
        actions={<GateButtons source={name} stops={stops} done={again} />}
      >
        {name}
      </Header>
      {stops.map((stop) => (
        <Alert key={stop.kind} type="warning" header={stopWords[stop.kind].title}>
          <StopStory stop={stop} />
        </Alert>
      ))}
      <Container
        header={
          <Header
            variant="h2"
            actions={
              <>
                <Link href={listHref('events', { source: name })}>Events</Link> ·{' '}
                <Link href={listHref('attention', { source: name })}>Attention</Link> ·{' '}
                <Link href={href(['settings'])}>Configuration</Link>
              </>
            }
          >
            How it is doing
          </Header>
        }
      >
        <KeyValuePairs
          columns={4}
          items={[
            { label: 'Last event', value: <LastEvent source={source} /> },
            { label: 'Last refusal', value: <LastRefusal source={source} /> },
            { label: 'Last handshake', value: <LastHandshake source={source} /> },
            {
              label: 'After a failure for good',
              value: `its lane ${source.onExhausted === 'hold' ? 'is held' : 'goes on'}`,
            },
          ]}
        />
      </Container>
      {source.path !== undefined && <Connect source={source} path={source.path} done={again} />}
      <Container header={<Header variant="h2">What was done to it as a whole</Header>}>
        {audit.value === undefined || audit.value.items.length === 0 ? (
          'It never was paused, and no breaker of it has tripped.'
        ) : (
          <AuditTable items={audit.value.items} />
        )}
      </Container>
    </SpaceBetween>
  );
}
