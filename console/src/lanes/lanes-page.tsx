import Header from '@cloudscape-design/components/header';
import Link from '@cloudscape-design/components/link';
import Table from '@cloudscape-design/components/table';
import { laneHref } from '../address.ts';
import type { LaneSummary } from '../api/wire.ts';
import { Pager } from '../lists/pager.tsx';
import { usePages } from '../lists/use-pages.ts';
import { Empty } from '../words/empty.tsx';
import { ProblemAlert } from '../words/problem-alert.tsx';
import { Time } from '../words/time.tsx';
import { LaneSentence } from './lane-drawing.tsx';

const everything = new URLSearchParams();

/** Lanes in which something stands: held ones first. */
export default function LanesPage() {
  const pages = usePages<LaneSummary>('ops/lanes', everything);
  return (
    <Table
      variant="full-page"
      items={[...(pages.value?.items ?? [])]}
      trackBy="lane"
      loading={pages.isFirst}
      loadingText="Reading lanes"
      wrapLines
      enableKeyboardNavigation
      ariaLabels={{ tableLabel: 'Lanes' }}
      header={
        <Header
          variant="h1"
          description="Where an event has the turn, or something is missing: held ones first."
        >
          Lanes
        </Header>
      }
      pagination={<Pager pages={pages} />}
      empty={
        pages.problem !== undefined ? (
          <ProblemAlert problem={pages.problem} />
        ) : (
          <Empty
            what="No lane is held, waits or has a gap"
            next="A lane is listed while one event of it has the turn and others wait. Of an open one, any event of it leads to it."
          />
        )
      }
      columnDefinitions={[
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
        {
          id: 'waiting',
          header: 'Waiting',
          minWidth: 80,
          cell: ({ waiting = 0 }) => waiting.toLocaleString(),
        },
        {
          id: 'deadline',
          header: 'Deadline',
          minWidth: 190,
          cell: ({ deadline }) => (deadline === undefined ? '–' : <Time at={deadline} isRelative />),
        },
      ]}
    />
  );
}
