import Button from '@cloudscape-design/components/button';
import Link from '@cloudscape-design/components/link';
import type { TableProps } from '@cloudscape-design/components/table';
import { useState } from 'react';
import { goTo, href, type Place } from '../address.ts';
import type { Job } from '../api/wire.ts';
import { filterOf } from '../events/event-filter.ts';
import { ListPage } from '../lists/list-page.tsx';
import { usePages } from '../lists/use-pages.ts';
import { Empty } from '../words/empty.tsx';
import { Time } from '../words/time.tsx';
import { JobState } from './job-state.tsx';
import { PlanDialog } from './plan-dialog.tsx';

/** The same done to many events. A filter in the address opens the plan of a job for what it matches. */
export default function JobsPage({ place }: { readonly place: Place }) {
  const filter = filterOf(place.query);
  const [isPlanning, setPlanning] = useState(place.query.size > 0);
  return (
    <>
      <ListPage
        name="Jobs"
        description="The same done to many events, each lane in its order; kept 90 days."
        actions={<Button onClick={() => setPlanning(true)}>Plan a job</Button>}
        pages={usePages<Job>('ops/jobs')}
        trackBy="id"
        columns={columns}
        empty={
          <Empty
            what="No job yet"
            next="A job redrives, replays, resolves or discards all events that match a filter: plan one, look at the plan, then run it."
          />
        }
      />
      {isPlanning && (
        <PlanDialog
          filter={filter}
          close={() => {
            setPlanning(false);
            if (place.query.size > 0) goTo(href(['jobs']));
          }}
        />
      )}
    </>
  );
}

const columns: readonly TableProps.ColumnDefinition<Job>[] = [
  {
    id: 'job',
    header: 'Job',
    isRowHeader: true,
    minWidth: 170,
    cell: ({ id, action }) => (
      <span data-row>
        <Link href={href(['jobs', id])}>
          {action} {id.split('-').at(-1)}
        </Link>
      </span>
    ),
  },
  { id: 'state', header: 'State', minWidth: 120, cell: ({ state }) => <JobState state={state} /> },
  {
    id: 'events',
    header: 'Events',
    minWidth: 140,
    cell: ({ plan, progress }) =>
      `${(plan.events - progress.left).toLocaleString()} of ${plan.events.toLocaleString()}`,
  },
  {
    id: 'why',
    header: 'Why',
    minWidth: 200,
    cell: ({ reason }) => <span className="as-written">{reason}</span>,
  },
  { id: 'by', header: 'By', minWidth: 160, cell: ({ actor }) => <span className="as-written">{actor}</span> },
  { id: 'at', header: 'Planned', minWidth: 190, cell: ({ createdAt }) => <Time at={createdAt} isRelative /> },
];
