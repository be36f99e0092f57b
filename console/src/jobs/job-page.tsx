import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import ProgressBar from '@cloudscape-design/components/progress-bar';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { carriedOut, ReasonDialog } from '../acting/reason-dialog.tsx';
import { href, type Place } from '../address.ts';
import { act, inPath } from '../api/operations-api.ts';
import { useReading } from '../api/use-reading.ts';
import type { Audit, Job } from '../api/wire.ts';
import { AuditTable } from '../event/audit-table.tsx';
import { LaneLink } from '../lanes/lane-link.tsx';
import { AsWritten } from '../words/as-written.tsx';
import { Empty } from '../words/empty.tsx';
import { howMany } from '../words/how-many.ts';
import { Loading } from '../words/loading.tsx';
import { ProblemAlert } from '../words/problem-alert.tsx';
import { duration, Time } from '../words/time.tsx';
import { JobState } from './job-state.tsx';
import { useDriving } from './use-driving.ts';
import { willDo } from './will-do.ts';

const everyMs = 2000;
const stops = {
  pause: { verb: 'Pause', says: 'It stops after the events that it is at. It can be gone on with.' },
  cancel: {
    verb: 'Cancel for good',
    says: 'It stops after the events that it is at. What was done stays done.',
  },
} as const;

/** A job: what is planned, how far it has come. */
export default function JobPage({ place }: { readonly place: Place }) {
  const [, id = ''] = place.parts;
  const job = useReading<Job>(`ops/jobs/${inPath(id)}`, everyMs);
  const audit = useReading<Audit>(`ops/jobs/${inPath(id)}/audit`, everyMs);
  const driving = useDriving(id, job.value?.reason ?? '', job.again);
  const [asked, ask] = useState<keyof typeof stops>();

  if (job.problem?.status === 404) {
    return (
      <Empty what="There is no such job" next="They are kept 90 days.">
        <a href={href(['jobs'])}>To the jobs</a>
      </Empty>
    );
  }
  if (job.problem !== undefined) return <ProblemAlert problem={job.problem} />;
  if (job.value === undefined) return <Loading what="the job" />;
  const { action, state, plan, reason } = job.value;
  const isOver = state === 'finished' || state === 'cancelled';
  return (
    <SpaceBetween size="l">
      <Header
        variant="h1"
        description={<AsWritten text={reason} />}
        actions={
          !isOver && (
            <SpaceBetween direction="horizontal" size="xs">
              <Button onClick={() => ask('cancel')}>Cancel for good</Button>
              {state === 'running' && <Button onClick={() => ask('pause')}>Pause</Button>}
              <Button
                variant="primary"
                loading={driving.isDriving}
                loadingText="It runs"
                onClick={driving.start}
              >
                {state === 'planned' ? `Run: ${action} ${howMany(plan.events, 'event')}` : 'Go on'}
              </Button>
            </SpaceBetween>
          )
        }
      >
        <span data-job-state={state}>
          {action}, {howMany(plan.events, 'event')}
        </span>
      </Header>
      {driving.problem !== undefined && <ProblemAlert problem={driving.problem} />}
      <Progress job={job.value} isDriving={driving.isDriving} />
      <Container header={<Header variant="h2">The plan</Header>}>
        <SpaceBetween size="m">
          <Box variant="p">{willDo(job.value)}</Box>
          <Plan job={job.value} />
        </SpaceBetween>
      </Container>
      {audit.value !== undefined && (
        <Container header={<Header variant="h2">What was done to it</Header>}>
          <AuditTable items={audit.value.items} />
        </Container>
      )}
      {asked !== undefined && (
        <ReasonDialog
          title={`${stops[asked].verb}: ${action}`}
          verb={stops[asked].verb}
          close={() => ask(undefined)}
          done={job.again}
          carryOut={async (reason) => {
            driving.stop();
            return await carriedOut(
              await act<Job>(`ops/jobs/${inPath(id)}/${asked}`, { reason }),
              ({ state, progress }) =>
                `The job is ${state} now, with ${progress.left.toLocaleString()} events left.`,
            );
          }}
        >
          <Box variant="p">{stops[asked].says}</Box>
        </ReasonDialog>
      )}
    </SpaceBetween>
  );
}

function Progress({
  job: { state, plan, progress, changedAt },
  isDriving,
}: {
  readonly job: Job;
  readonly isDriving: boolean;
}) {
  const come = plan.events - progress.left;
  return (
    <Container header={<Header variant="h2">Progress</Header>}>
      <SpaceBetween size="m">
        <ProgressBar
          value={plan.events === 0 ? 100 : (come / plan.events) * 100}
          additionalInfo={`${come.toLocaleString()} of ${howMany(plan.events, 'event')}`}
          description={
            isDriving
              ? 'It goes on while this page is open.'
              : state === 'running'
                ? 'Whoever runs it has to ask for it again every few seconds: go on here if nobody does.'
                : undefined
          }
          ariaLabel="Events that it has come to"
        />
        <KeyValuePairs
          columns={4}
          items={[
            { label: 'State', value: <JobState state={state} /> },
            { label: 'Done', value: progress.done.toLocaleString() },
            { label: 'Refused by their state', value: progress.refused.toLocaleString() },
            { label: 'Had moved on since the plan', value: progress.movedOn.toLocaleString() },
            { label: 'Changed', value: <Time at={changedAt} isRelative /> },
          ]}
        />
      </SpaceBetween>
    </Container>
  );
}

function Plan({ job: { plan, filter, actor, createdAt, ratePerSecond } }: { readonly job: Job }) {
  const named = Object.entries(filter).map(([name, value]) => `${name} ${value}`);
  return (
    <KeyValuePairs
      columns={4}
      items={[
        { label: 'Filter', value: named.length === 0 ? 'everything' : named.join(', ') },
        { label: 'Lanes', value: plan.lanes.toLocaleString() },
        { label: 'Takes about', value: duration(plan.estimatedSeconds * 1000) },
        { label: 'Most in a second', value: ratePerSecond },
        ...(plan.oldest === undefined
          ? []
          : [{ label: 'Oldest event', value: <Time at={plan.oldest} isRelative /> }]),
        { label: 'Planned', value: <Time at={createdAt} isRelative /> },
        { label: 'By', value: <AsWritten text={actor} /> },
        {
          label: plan.lanes > plan.firstLanes.length ? 'Its first lanes' : 'Its lanes',
          value: plan.firstLanes.map((lane) => (
            <div key={lane}>
              <LaneLink lane={lane} />
            </div>
          )),
        },
      ]}
    />
  );
}
