import { CommanderError } from 'commander';
import { StartError } from '../local/start-error.ts';
import { CommandError, Ended } from './command-error.ts';
import { exitCodes, type ExitCode } from './exit-codes.ts';
import { hooklane } from './program.ts';
import { printable, type Terminal } from './terminal/terminal.ts';

/** Runs one command line (without node and file) and says how it ended. Throws what is a fault of Hooklane. */
export async function run(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const program = hooklane(terminal);
  try {
    await program.parseAsync(args, { from: 'user' });
    return exitCodes.done;
  } catch (error) {
    // It has printed the help that was asked for, or what is wrong.
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.usage;
    if (error instanceof Ended) return error.exitCode;
    if (!(error instanceof CommandError || error instanceof StartError)) throw error;
    const exitCode = error instanceof CommandError ? error.exitCode : exitCodes.failed;
    const problem: unknown = error instanceof CommandError ? error.problem : undefined;
    const isJson = args.includes('--json');
    terminal.complain(
      isJson
        ? `${JSON.stringify({ error: error.message, exitCode, problem })}\n`
        : `${error.message.split('\n').map(printable).join('\n')}\n`,
    );
    return exitCode;
  }
}
