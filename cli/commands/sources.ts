import type { Command } from 'commander';
import { withExamples } from '../examples.ts';
import { connect } from '../operations/connect.ts';
import { goOn } from '../operations/paging.ts';
import { withTarget, type TargetOptions } from '../operations/target.ts';
import { relative } from '../terminal/moment.ts';
import { table } from '../terminal/table.ts';
import { writeJson, type Terminal } from '../terminal/terminal.ts';

export function sources(program: Command, terminal: Terminal): void {
  const command = program
    .command('sources')
    .description('the sources of a gateway: secret, last event, last refusal')
    .option('--cursor <text>', 'go on where the page before ended')
    .action(async (options: TargetOptions & { readonly cursor?: string }) => {
      const client = await connect(options, terminal);
      const { value, json } = await client.ask('listSources', { query: { cursor: options.cursor } });
      if (options.json === true) return writeJson(json, terminal);
      const ago = (at: Date) => relative(at, terminal.now());
      terminal.write(
        table(
          [
            { name: 'source', cell: (one) => one.source },
            {
              name: 'secret',
              cell: ({ secret }) => {
                if (secret === undefined) return 'none needed';
                return secret.isPresent
                  ? { text: 'there', colour: 'green' }
                  : { text: 'MISSING', colour: 'red' };
              },
            },
            { name: 'last event', cell: ({ lastEvent }) => lastEvent && ago(lastEvent.acceptedAt), spare: 1 },
            {
              name: 'last refusal',
              cell: ({ lastRefusal }) => lastRefusal && `${lastRefusal.cause}, ${ago(lastRefusal.at)}`,
              spare: 2,
            },
            { name: 'handshake', cell: ({ lastHandshake }) => lastHandshake && ago(lastHandshake), spare: 4 },
            { name: 'on failure', cell: ({ onExhausted }) => onExhausted, spare: 5 },
            { name: 'path', cell: ({ path }) => path, spare: 3 },
          ],
          value.items,
          terminal,
        ),
      );
      terminal.write(goOn(value.cursor));
    });
  withExamples(withTarget(command), 'sources', 'sources --json');
}
