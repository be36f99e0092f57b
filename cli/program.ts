import { Command } from 'commander';
import { packageVersion } from '../functions/config/package-version.ts';
import { attention } from './commands/attention.ts';
import { audit } from './commands/audit.ts';
import { completion } from './commands/completion.ts';
import { webConsole } from './commands/console.ts';
import { doctor } from './commands/doctor.ts';
import { dlq } from './commands/dlq.ts';
import { event } from './commands/event.ts';
import { events } from './commands/events.ts';
import { jobs } from './commands/jobs.ts';
import { init } from './commands/init.ts';
import { lane } from './commands/lane.ts';
import { lanes } from './commands/lanes.ts';
import { pauses } from './commands/pauses.ts';
import { listen } from './commands/listen.ts';
import { payload } from './commands/payload.ts';
import { presets } from './commands/presets.ts';
import { rejections } from './commands/rejections.ts';
import { release } from './commands/release.ts';
import { repairs } from './commands/repairs.ts';
import { send } from './commands/send.ts';
import { sources } from './commands/sources.ts';
import { start } from './commands/start.ts';
import { stats } from './commands/stats.ts';
import { storm } from './commands/storm.ts';
import { tail } from './commands/tail.ts';
import type { Terminal } from './terminal/terminal.ts';

const widest = 100;

/** The command line as a whole. What a command does is loaded when it is called. */
export function hooklane(terminal: Terminal): Command {
  const program = new Command('hooklane')
    .description('A webhook gateway on AWS, here and there: run it, look at it, repair it, prove it.')
    .version(packageVersion, '--version', 'which version this is')
    .helpOption('-h, --help', 'what a command takes')
    .helpCommand(false)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => terminal.write(text),
      writeErr: (text) => terminal.complain(text),
      getOutHelpWidth: () => Math.min(terminal.columns ?? 80, widest),
      getErrHelpWidth: () => 80,
      getOutHasColors: () => terminal.hasColours,
      getErrHasColors: () => false,
    });
  program.commandsGroup('Develop:');
  init(program, terminal);
  start(program);
  send(program, terminal);
  presets(program, terminal);
  listen(program, terminal);
  program.commandsGroup('Look:');
  attention(program, terminal);
  events(program, terminal);
  tail(program, terminal);
  event(program, terminal);
  audit(program, terminal);
  payload(program, terminal);
  lanes(program, terminal);
  lane(program, terminal);
  webConsole(program, terminal);
  rejections(program, terminal);
  sources(program, terminal);
  stats(program, terminal);
  program.commandsGroup('Repair:');
  repairs(program, terminal);
  release(program, terminal);
  pauses(program, terminal);
  jobs(program, terminal);
  dlq(program, terminal);
  program.commandsGroup('Prove:');
  doctor(program, terminal);
  storm(program, terminal);
  program.commandsGroup('Shell:');
  completion(program, terminal);
  program.addHelpText(
    'after',
    '\nIn the checkout: npm run hooklane -- COMMAND. Exit codes and more: docs/cli.md',
  );
  return program;
}
