import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import Link from '@cloudscape-design/components/link';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { href, type Place } from '../address.ts';
import { useReading, type Reading } from '../api/use-reading.ts';
import type { Attention, Numbers } from '../api/wire.ts';
import { AttentionTable } from '../attention/attention-table.tsx';
import { useRows } from '../lists/use-rows.ts';
import { Loading } from '../words/loading.tsx';
import { ProblemAlert } from '../words/problem-alert.tsx';
import { OverTime, useSeries } from './over-time.tsx';
import { SourceNumbersTable } from './source-numbers.tsx';

/** Numbers are read while they are looked at: they change slowly. */
const numbersEveryMs = 15_000;

export default function OverviewPage({ place }: { readonly place: Place }) {
  const attention = useRows<Attention>('ops/attention');
  const series = useSeries(place.query);
  const numbers = useReading<Numbers>('ops/stats?minutes=15', numbersEveryMs);
  const sources = numbers.value?.sources.map(({ source }) => source) ?? [];
  return (
    <SpaceBetween size="l">
      <Header variant="h1">Overview</Header>
      {attention.problem === undefined ? (
        <AttentionTable attention={attention} />
      ) : (
        <ProblemAlert problem={attention.problem} />
      )}
      {/* What stands below comes when its place is known, so that nothing jumps while it is read. */}
      {!attention.isFirst && <OverTime asked={place.query} series={series} sources={sources} />}
      {!attention.isFirst && !series.isFirst && <NumbersOfAll numbers={numbers} />}
    </SpaceBetween>
  );
}

function NumbersOfAll({ numbers }: { readonly numbers: Reading<Numbers> }) {
  if (numbers.problem !== undefined) return <ProblemAlert problem={numbers.problem} />;
  if (numbers.value === undefined) return <Loading what="the numbers of the last 15 minutes" />;
  const { laneQueue, deadLetters, sources } = numbers.value;
  return (
    <SpaceBetween size="l">
      <KeyValuePairs
        columns={3}
        items={[
          { label: 'In the lane queue', value: laneQueue.visible.toLocaleString() },
          { label: 'Being worked on', value: laneQueue.inFlight.toLocaleString() },
          {
            label: 'Dead letters',
            value: <Link href={href(['dead-letters'])}>{deadLetters.visible.toLocaleString()}</Link>,
          },
        ]}
      />
      <SourceNumbersTable sources={sources} />
    </SpaceBetween>
  );
}
