import { codeOf } from '../../local/start-error.ts';
import type { Terminal } from './terminal.ts';

/** The terminal of this process. A pipe that is closed early (`| head`) ends the command well. */
export function processTerminal(): Terminal {
  const ended = new AbortController();
  const { stdout, stderr } = process;
  stdout.on('error', (error) => {
    if (codeOf(error) !== 'EPIPE') throw error;
    ended.abort();
    // A command that has to end something first (`start`: the cloud) listens as well, and ends the process itself.
    if (stdout.listenerCount('error') === 1) process.exit(process.exitCode ?? 0);
  });
  stderr.on('error', () => undefined);
  return {
    write: (data) => void stdout.write(data),
    complain: (text) => void stderr.write(text),
    get columns() {
      return stdout.isTTY ? stdout.columns : undefined;
    },
    hasProgress: stderr.isTTY,
    // Knows NO_COLOR, FORCE_COLOR and TERM=dumb.
    hasColours: stdout.isTTY && stdout.hasColors(),
    ended: ended.signal,
    now: () => new Date(),
  };
}
