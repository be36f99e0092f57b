import { exitCodes, type ExitCode } from './exit-codes.ts';

/** Something the caller of a command can mend; its message is all that is printed. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
  readonly exitCode: ExitCode;
  /** What the API answered, as it came: `--json` prints it too. */
  readonly problem: unknown;

  constructor(message: string, exitCode: ExitCode = exitCodes.failed, problem?: unknown) {
    super(message);
    this.exitCode = exitCode;
    this.problem = problem;
  }
}

/** The command line is wrong: exit code 2. */
export const wrongUsage = (message: string): CommandError => new CommandError(message, exitCodes.usage);

/** A command that has said everything, and did not end well: what it checked does not hold. */
export class Ended extends Error {
  override readonly name = 'Ended';
  readonly exitCode: ExitCode;

  constructor(exitCode: ExitCode) {
    super(`ended with ${exitCode}`);
    this.exitCode = exitCode;
  }
}
