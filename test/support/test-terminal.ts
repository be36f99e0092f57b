import type { Terminal } from '../../cli/terminal/terminal.ts';

/** A terminal that remembers what was printed. Default: a pipe. */
export function testTerminal(over: Partial<Terminal> = {}) {
  const printed = { output: '', errors: '' };
  const terminal: Terminal = {
    write: (data) => void (printed.output += typeof data === 'string' ? data : Buffer.from(data).toString()),
    complain: (text) => void (printed.errors += text),
    columns: undefined,
    hasProgress: false,
    hasColours: false,
    ended: new AbortController().signal,
    now: () => new Date(),
    ...over,
  };
  return { terminal, printed };
}
