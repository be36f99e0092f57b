import type { Command } from 'commander';
import { withExamples } from '../examples.ts';
import { connect } from '../operations/connect.ts';
import type { AnswerOf } from '../operations/known-operations.ts';
import { nameOf } from '../operations/name-of.ts';
import { withSubscriber, type OfSubscriber } from '../operations/subscriber.ts';
import { withTarget, type TargetOptions } from '../operations/target.ts';
import { exact, relative } from '../terminal/moment.ts';
import { stateCell } from '../terminal/state-cell.ts';
import { table, type Column } from '../terminal/table.ts';
import { writeJson, type Terminal } from '../terminal/terminal.ts';

export function audit(program: Command, terminal: Terminal): void {
  const command = program
    .command('audit')
    .description('the whole story of an event, oldest first')
    .argument('<source>', 'its source, or SOURCE#ID')
    .argument('[id]', 'its id')
    .action(async (first: string, second: string | undefined, options: TargetOptions & OfSubscriber) => {
      const { source, id } = nameOf(first, second);
      const client = await connect(options, terminal);
      const { value, json } = await client.ask('readAudit', {
        named: { source, eventId: id },
        query: { subscriber: options.subscriber },
      });
      if (options.json === true) return writeJson(json, terminal);
      terminal.write(table(columnsOf(terminal), value.items, terminal));
      if (value.more) terminal.write('There are older ones, which no answer holds.\n');
    });
  withExamples(withTarget(withSubscriber(command)), 'audit billing evt_1', 'audit billing evt_1 --json');
}

type Item = AnswerOf<'readAudit'>['items'][number];

const columnsOf = (terminal: Terminal): readonly Column<Item>[] => [
  { name: 'at', cell: ({ at }) => exact(at) },
  { name: 'ago', cell: ({ at }) => relative(at, terminal.now()), spare: 3 },
  { name: 'what', cell: ({ what }) => stateCell(what) },
  { name: 'try', cell: ({ attempt }) => attempt?.toString(), spare: 2 },
  { name: 'actor', cell: ({ actor, sender }) => sender ?? actor, spare: 1 },
  { name: 'why', cell: whyOf },
];

function whyOf({ reason, result, nextAt, durationMs, sameBody, lacks }: Item): string {
  return [
    reason,
    result === undefined ? undefined : JSON.stringify(result),
    nextAt && `next try ${exact(nextAt)}`,
    durationMs === undefined ? undefined : `${Math.round(durationMs)} ms`,
    sameBody === false ? 'another body' : undefined,
    lacks && lacks.length > 0 ? `lacks ${lacks.join(', ')}` : undefined,
  ]
    .filter((part) => part !== undefined)
    .join(', ');
}
