import type { Command } from 'commander';
import { withExamples } from '../examples.ts';
import { connect } from '../operations/connect.ts';
import { eventFilterOf, withEventFilter, type EventFilter } from '../operations/event-filter.ts';
import { askPage, goOn, nothing, withPaging, type Paging } from '../operations/paging.ts';
import { withTarget, type TargetOptions } from '../operations/target.ts';
import { exact, moment } from '../terminal/moment.ts';
import { stateCell } from '../terminal/state-cell.ts';
import { table } from '../terminal/table.ts';
import { writeJson, type Terminal } from '../terminal/terminal.ts';

export function events(program: Command, terminal: Terminal): void {
  const command = withEventFilter(program.command('events').description('events, the newest first')).action(
    async (options: TargetOptions & EventFilter & Paging) => {
      const client = await connect(options, terminal);
      const filter = { ...eventFilterOf(options) };
      const { value, json } = await askPage('listEvents', filter, options, { client, terminal });
      if (options.json === true) return writeJson(json, terminal);
      if (value.items.length === 0) terminal.write(nothing('No event matches', value.cursor));
      else {
        terminal.write(
          table(
            [
              { name: 'event', cell: (one) => `${one.source}#${one.eventId}` },
              { name: 'state', cell: (one) => stateCell(one.state) },
              { name: 'type', cell: (one) => one.type, spare: 1 },
              { name: 'tries', cell: (one) => String(one.attempts), spare: 4 },
              { name: 'lane', cell: (one) => one.lane, spare: 3 },
              {
                name: 'accepted',
                cell: (one) => one.acceptedAt && moment(one.acceptedAt, terminal.now()),
                spare: 2,
              },
              { name: 'why', cell: (one) => one.reason, spare: 5 },
            ],
            value.items,
            terminal,
          ),
        );
      }
      const searched =
        value.searchedTo === undefined
          ? ''
          : `Nothing newer than ${exact(new Date(value.searchedTo))} is missing.\n`;
      terminal.write(value.cursor === undefined ? '' : `${goOn(value.cursor)}${searched}`);
    },
  );
  withExamples(
    withTarget(withPaging(command)),
    'events --source billing --from 2h',
    'events --state processed --q evt --limit 10 --json',
  );
}
