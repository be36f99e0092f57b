import { Option, type Command } from 'commander';
import { withExamples } from '../examples.ts';
import { connect } from '../operations/connect.ts';
import { nextCommands } from '../operations/next-commands.ts';
import { askPage, goOn, nothing, withPaging, type Paging } from '../operations/paging.ts';
import { withTarget, type TargetOptions } from '../operations/target.ts';
import { moment } from '../terminal/moment.ts';
import { stateCell } from '../terminal/state-cell.ts';
import { table } from '../terminal/table.ts';
import { writeJson, type Terminal } from '../terminal/terminal.ts';

export function lanes(program: Command, terminal: Terminal): void {
  const command = program
    .command('lanes')
    .description('lanes in which an event has the turn or something is missing; held ones first')
    .addOption(new Option('--state <state>', 'in a state').choices(['held', 'turn', 'gap']))
    .option('--source <name>', 'of a source')
    .action(
      async (options: TargetOptions & Paging & { readonly state?: string; readonly source?: string }) => {
        const { state, source } = options;
        const client = await connect(options, terminal);
        const asked = { client, terminal };
        const { value, json } = await askPage('listLanes', { state, source }, options, asked);
        if (options.json === true) return writeJson(json, terminal);
        if (value.items.length === 0) terminal.write(nothing('No lane matches', value.cursor));
        else {
          terminal.write(
            table(
              [
                { name: 'lane', cell: (one) => one.lane },
                { name: 'state', cell: (one) => stateCell(one.state) },
                { name: 'waiting', cell: (one) => one.waiting?.toString() },
                { name: 'turn', cell: ({ turn }) => turn && `${turn.eventId} (${turn.state})`, spare: 1 },
                {
                  name: 'until',
                  cell: ({ deadline }) => deadline && moment(deadline, terminal.now()),
                  spare: 2,
                },
              ],
              value.items,
              terminal,
            ),
          );
        }
        terminal.write(goOn(value.cursor));
        const held = value.items.find((one) => one.state === 'held');
        const next = held && { to: 'who waits, what to do', words: ['lane', held.lane] };
        terminal.write(nextCommands(next ? [next] : [], options, terminal));
      },
    );
  withExamples(withTarget(withPaging(command)), 'lanes --state held', 'lanes --source billing --json');
}
