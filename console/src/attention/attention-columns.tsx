import Box from '@cloudscape-design/components/box';
import type { Attention } from '../api/wire.ts';
import { eventColumn, laneColumn, timeColumn, type Column } from '../lists/columns.tsx';
import { attentionReasons } from '../../../functions/ops/meanings.ts';
import { Empty } from '../words/empty.tsx';

/** What is told of each that needs somebody, on the overview and on a page of its own. */
export const attentionColumns: readonly Column<Attention>[] = [
  eventColumn,
  {
    id: 'reason',
    header: 'Why',
    minWidth: 260,
    cell: ({ reason }) => (
      <>
        <strong>{reason}</strong>
        <Box color="text-body-secondary">{attentionReasons[reason] ?? reason}</Box>
      </>
    ),
  },
  laneColumn,
  timeColumn('at', 'Since', ({ at }) => at, { unknown: 'not known', isRelative: true }),
];

export const NothingNeedsYou = () => (
  <Empty
    what="Nothing needs you"
    next="What fails for good, stands still or cannot be read is listed here, with what to do about it."
  />
);
