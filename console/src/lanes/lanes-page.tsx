import type { LaneSummary } from '../api/wire.ts';
import { numberColumn, timeColumn, type Column } from '../lists/columns.tsx';
import { ListPage } from '../lists/list-page.tsx';
import { usePages } from '../lists/use-pages.ts';
import { Empty } from '../words/empty.tsx';
import { LaneSentence } from './lane-drawing.tsx';
import { LaneLink } from './lane-link.tsx';

/** Lanes in which something stands: held ones first. */
export default function LanesPage() {
  return (
    <ListPage
      name="Lanes"
      description="Where an event has the turn, or something is missing: held ones first."
      pages={usePages<LaneSummary>('ops/lanes')}
      trackBy="lane"
      columns={columns}
      empty={
        <Empty
          what="No lane is held, waits or has a gap"
          next="A lane is listed while one event of it has the turn and others wait. Of an open one, any event of it leads to it."
        />
      }
    />
  );
}

const columns: readonly Column<LaneSummary>[] = [
  {
    id: 'lane',
    header: 'Lane',
    isRowHeader: true,
    minWidth: 150,
    cell: ({ lane }) => (
      <span data-row>
        <LaneLink lane={lane} />
      </span>
    ),
  },
  { id: 'now', header: 'Now', minWidth: 260, cell: (lane) => <LaneSentence lane={lane} /> },
  numberColumn('waiting', 'Waiting', ({ waiting = 0 }) => waiting),
  timeColumn('deadline', 'Deadline', ({ deadline }) => deadline, { isRelative: true }),
];
