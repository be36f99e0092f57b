import { Option, type Command } from 'commander';
import { transitions } from '../../functions/ledger/transitions.ts';
import { timeOption } from './time-option.ts';

/** Which events are meant: of a list, or of a job. */
export interface EventFilter {
  readonly source?: string;
  readonly type?: string;
  readonly state?: string;
  readonly lane?: string;
  readonly from?: string;
  readonly to?: string;
  readonly q?: string;
}

const timeAgo = (text: string) => timeOption(text);

export const withEventFilter = (command: Command): Command =>
  command
    .option('--source <name>', 'of a source')
    .option('--type <type>', 'of a type')
    .addOption(new Option('--state <state>', 'in a state').choices(Object.keys(transitions)))
    .option('--lane <lane>', 'of a lane: SOURCE#ENTITY')
    .option('--from <time>', 'accepted then or later: 30min, 2h, 7d ago, or a time', timeAgo)
    .option('--to <time>', 'accepted before then', timeAgo)
    .option('--q <text>', 'with this text in their id');

/** Without the other options of a command. */
export const eventFilterOf = ({ source, type, state, lane, from, to, q }: EventFilter): EventFilter => ({
  ...(source !== undefined && { source }),
  ...(type !== undefined && { type }),
  ...(state !== undefined && { state }),
  ...(lane !== undefined && { lane }),
  ...(from !== undefined && { from }),
  ...(to !== undefined && { to }),
  ...(q !== undefined && { q }),
});
