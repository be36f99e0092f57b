import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { Place } from '../address.ts';
import { useReading } from '../api/use-reading.ts';
import type { Attention, Numbers, PageOf } from '../api/wire.ts';
import { ProblemAlert } from '../words/problem-alert.tsx';
import { AttentionTable } from '../attention/attention-table.tsx';
import { OverTime } from './over-time.tsx';
import { SourceNumbersTable } from './source-numbers.tsx';

/** Numbers are read while they are looked at: they change slowly. */
const numbersEveryMs = 15_000;

export default function OverviewPage({ place }: { readonly place: Place }) {
  const attention = useReading<PageOf<Attention>>('ops/attention');
  const numbers = useReading<Numbers>('ops/stats?minutes=15', numbersEveryMs);
  const { laneQueue, deadLetters } = numbers.value ?? {};
  return (
    <SpaceBetween size="l">
      <Header variant="h1">Overview</Header>
      {attention.problem === undefined ? (
        <AttentionTable attention={attention} />
      ) : (
        <ProblemAlert problem={attention.problem} />
      )}
      {laneQueue !== undefined && deadLetters !== undefined && (
        <KeyValuePairs
          columns={3}
          items={[
            { label: 'In the lane queue', value: laneQueue.visible.toLocaleString() },
            { label: 'Being worked on', value: laneQueue.inFlight.toLocaleString() },
            { label: 'Dead letters', value: deadLetters.visible.toLocaleString() },
          ]}
        />
      )}
      {/* Below what needs somebody, and asked for once that is there. */}
      {numbers.value !== undefined && (
        <OverTime query={place.query} sources={numbers.value.sources.map(({ source }) => source)} />
      )}
      {numbers.problem === undefined ? (
        <SourceNumbersTable numbers={numbers} />
      ) : (
        <ProblemAlert problem={numbers.problem} />
      )}
    </SpaceBetween>
  );
}
