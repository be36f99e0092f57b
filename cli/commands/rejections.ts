import type { Command } from 'commander';
import { withExamples } from '../examples.ts';
import { connect } from '../operations/connect.ts';
import { askPage, goOn, nothing, withPaging, type Paging } from '../operations/paging.ts';
import { withTarget, type TargetOptions } from '../operations/target.ts';
import { timeOption } from '../operations/time-option.ts';
import { moment } from '../terminal/moment.ts';
import { table } from '../terminal/table.ts';
import { writeJson, type Terminal } from '../terminal/terminal.ts';

interface Filters {
  readonly source?: string;
  readonly cause?: string;
  readonly ip?: string;
  readonly from?: string;
}

export function rejections(program: Command, terminal: Terminal): void {
  const command = program
    .command('rejections')
    .description('requests that became no event, and why; the newest first')
    .option('--source <name>', 'to a source; "unknown": to none')
    .option('--cause <cause>', 'for a cause')
    .option('--ip <address>', 'from an address')
    .option('--from <time>', 'then or later: 30min, 2h, 7d ago, or a time (default: 7d)', (text: string) =>
      timeOption(text),
    )
    .action(async (options: TargetOptions & Paging & Filters) => {
      const { source, cause, ip, from } = options;
      const client = await connect(options, terminal);
      const filter = { source, cause, ip, from };
      const { value, json } = await askPage('listRejections', filter, options, { client, terminal });
      if (options.json === true) return writeJson(json, terminal);
      if (value.items.length === 0) terminal.write(nothing('Nothing was refused', value.cursor));
      else {
        terminal.write(
          table(
            [
              { name: 'source', cell: (one) => one.source },
              { name: 'cause', cell: (one) => one.cause },
              { name: 'status', cell: (one) => String(one.status), spare: 3 },
              { name: 'from', cell: (one) => one.sender ?? one.ip, spare: 2 },
              { name: 'times', cell: (one) => one.count?.toString(), spare: 4 },
              { name: 'at', cell: (one) => moment(one.at, terminal.now()), spare: 1 },
            ],
            value.items,
            terminal,
          ),
        );
      }
      terminal.write(goOn(value.cursor));
    });
  withExamples(withTarget(withPaging(command)), 'rejections --from 1d', 'rejections --source billing --json');
}
