import Link from '@cloudscape-design/components/link';
import type { TableProps } from '@cloudscape-design/components/table';
import { laneHref } from '../address.ts';
import type { LaneSummary } from '../api/wire.ts';
import { ListPage } from '../lists/list-page.tsx';
import { usePages } from '../lists/use-pages.ts';
import { Empty } from '../words/empty.tsx';
import { Time } from '../words/time.tsx';
import { LaneSentence } from './lane-drawing.tsx';

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

const columns: readonly TableProps.ColumnDefinition<LaneSummary>[] = [
  {
    id: 'lane',
    header: 'Lane',
    isRowHeader: true,
    minWidth: 150,
    cell: ({ lane }) => (
      <span data-row className="as-written">
        <Link href={laneHref(lane)}>{lane}</Link>
      </span>
    ),
  },
  { id: 'now', header: 'Now', minWidth: 240, cell: (lane) => <LaneSentence lane={lane} /> },
  { id: 'waiting', header: 'Waiting', minWidth: 80, cell: ({ waiting = 0 }) => waiting.toLocaleString() },
  {
    id: 'deadline',
    header: 'Deadline',
    minWidth: 190,
    cell: ({ deadline }) => (deadline === undefined ? '–' : <Time at={deadline} isRelative />),
  },
];
