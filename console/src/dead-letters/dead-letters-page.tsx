import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import Link from '@cloudscape-design/components/link';
import ProgressBar from '@cloudscape-design/components/progress-bar';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { carriedOut, ReasonDialog } from '../acting/reason-dialog.tsx';
import { href } from '../address.ts';
import { act } from '../api/operations-api.ts';
import { useReading } from '../api/use-reading.ts';
import type { DeadLetters } from '../api/wire.ts';
import { textColumn, timeColumn, type Column } from '../lists/columns.tsx';
import { Rows } from '../lists/rows.tsx';
import { Empty } from '../words/empty.tsx';
import { Loading } from '../words/loading.tsx';
import { ProblemAlert } from '../words/problem-alert.tsx';

type Move = DeadLetters['moves'][number];

const everyMs = 2000;
const acts = {
  move: {
    verb: 'Move all',
    says: 'Every dead letter goes back: its event is redriven, each lane in its order, as a redrive in the SQS console does. What fails again is a dead letter again.',
  },
  cancel: { verb: 'Stop the move', says: 'What was moved stays moved; the others stay dead letters.' },
} as const;

/** The dead-letter queue: how deep it is, and what is moved out of it. */
export default function DeadLettersPage() {
  const letters = useReading<DeadLetters>('ops/dead-letters', everyMs);
  const [asked, ask] = useState<keyof typeof acts>();
  if (letters.problem !== undefined) return <ProblemAlert problem={letters.problem} />;
  if (letters.value === undefined) return <Loading what="the dead-letter queue" />;
  const { queue, moves } = letters.value;
  const isMoving = moves.some(({ status }) => status === 'RUNNING');
  return (
    <SpaceBetween size="l">
      <Header
        variant="h1"
        description="An event that comes to rest and needs somebody leaves a message here."
        actions={
          isMoving ? (
            <Button onClick={() => ask('cancel')}>Stop the move</Button>
          ) : (
            <Button disabled={queue.visible === 0} onClick={() => ask('move')}>
              Move all
            </Button>
          )
        }
      >
        Dead letters
      </Header>
      <KeyValuePairs
        columns={3}
        items={[
          { label: 'In the queue', value: <span data-depth>{queue.visible.toLocaleString()}</span> },
          { label: 'Being looked at', value: queue.inFlight.toLocaleString() },
          {
            label: 'Which events they are',
            value: <Link href={href(['attention'])}>The attention list names them</Link>,
          },
        ]}
      />
      <Rows
        label="Moves"
        items={moves}
        columns={columns}
        header={<Header description="The queue's own move tasks, the newest first.">Moves</Header>}
        empty={
          <Empty
            what="Nothing was moved lately"
            next="When what made events fail is repaired, a move redrives all of them at once; a job redrives some."
          />
        }
      />
      {asked !== undefined && (
        <ReasonDialog
          title={acts[asked].verb}
          verb={acts[asked].verb}
          close={() => ask(undefined)}
          done={letters.again}
          carryOut={async (reason) =>
            await carriedOut(
              await act<DeadLetters>(`ops/dead-letters/${asked}`, { reason }),
              () =>
                'The log of the operations function has who did it and why. Each event that is redriven by it says so in its audit.',
            )
          }
        >
          <Box variant="p">{acts[asked].says}</Box>
          {asked === 'move' && (
            <Box variant="p">There are about {queue.visible.toLocaleString()} of them.</Box>
          )}
        </ReasonDialog>
      )}
    </SpaceBetween>
  );
}

const columns: readonly Column<Move>[] = [
  {
    id: 'status',
    header: 'State',
    isRowHeader: true,
    minWidth: 120,
    cell: ({ status }) => status.toLowerCase(),
  },
  {
    id: 'moved',
    header: 'Moved',
    minWidth: 200,
    cell: ({ moved, toMove }) =>
      toMove === undefined || toMove === 0 ? (
        moved.toLocaleString()
      ) : (
        <ProgressBar
          value={(moved / toMove) * 100}
          additionalInfo={`about ${moved.toLocaleString()} of ${toMove.toLocaleString()}`}
          ariaLabel="Moved"
        />
      ),
  },
  {
    id: 'rate',
    header: 'Most in a second',
    minWidth: 120,
    cell: ({ maxPerSecond }) => maxPerSecond ?? 'as fast as SQS can',
  },
  timeColumn('started', 'Began', ({ startedAt }) => startedAt, { isRelative: true }),
  textColumn('failure', 'Why it failed', ({ failure }) => failure),
];
