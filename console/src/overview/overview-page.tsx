import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useReading } from '../api/use-reading.ts';
import type { AttentionList } from '../api/wire.ts';
import { ProblemAlert } from '../words/problem-alert.tsx';
import { AttentionTable } from './attention-table.tsx';

export default function OverviewPage() {
  const attention = useReading<AttentionList>('ops/attention');
  return (
    <SpaceBetween size="l">
      <Header variant="h1">Overview</Header>
      {attention.problem === undefined ? (
        <AttentionTable attention={attention} />
      ) : (
        <ProblemAlert problem={attention.problem} />
      )}
    </SpaceBetween>
  );
}
