import Button from '@cloudscape-design/components/button';
import Link from '@cloudscape-design/components/link';
import { useState } from 'react';
import { goTo, href, type Place } from '../address.ts';
import type { Job } from '../api/wire.ts';
import { filterOf } from '../events/event-filter.ts';
import { textColumn, timeColumn, type Column } from '../lists/columns.tsx';
import { ListPage } from '../lists/list-page.tsx';
import { usePages } from '../lists/use-pages.ts';
import { AsWritten } from '../words/as-written.tsx';
import { Empty } from '../words/empty.tsx';
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

const columns: readonly Column<Job>[] = [
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
    minWidth: 130,
    cell: ({ plan, progress }) =>
      `${(plan.events - progress.left).toLocaleString()} of ${plan.events.toLocaleString()}`,
  },
  textColumn('why', 'Why', ({ reason }) => reason),
  { id: 'by', header: 'By', minWidth: 160, cell: ({ actor }) => <AsWritten text={actor} /> },
  timeColumn('at', 'Planned', ({ createdAt }) => createdAt, { isRelative: true }),
];
