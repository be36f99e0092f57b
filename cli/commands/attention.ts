import type { Command } from 'commander';
import { withExamples } from '../examples.ts';
import { connect } from '../operations/connect.ts';
import { withTarget, type TargetOptions } from '../operations/target.ts';
import { moment } from '../terminal/moment.ts';
import { table } from '../terminal/table.ts';
import { writeJson, type Terminal } from '../terminal/terminal.ts';

export function attention(program: Command, terminal: Terminal): void {
  const command = program
    .command('attention')
    .description('what needs somebody, and why; newest first')
    .option('--source <name>', 'of a source')
    .action(async (options: TargetOptions & { readonly source?: string }) => {
      const client = await connect(options, terminal);
      const { value, json } = await client.ask('listAttention', { query: { source: options.source } });
      if (options.json === true) return writeJson(json, terminal);
      if (value.items.length === 0) return terminal.write('Nothing needs anybody.\n');
      terminal.write(
        table(
          [
            {
              name: 'event',
              cell: ({ source, eventId }) => (eventId === undefined ? source : `${source}#${eventId}`),
            },
            { name: 'why', cell: ({ reason }) => ({ text: reason, colour: 'red' }) },
            { name: 'lane', cell: ({ lane }) => lane, spare: 1 },
            { name: 'since', cell: ({ at }) => at && moment(at, terminal.now()), spare: 2 },
          ],
          value.items,
          terminal,
        ),
      );
      if (value.more) terminal.write('There are others; they come up as these are repaired.\n');
    });
  withExamples(withTarget(command), 'attention', 'attention --source billing --json');
}
