import type { Command } from 'commander';
import { wrongUsage } from '../command-error.ts';

const mostCharacters = 500;

export interface Reasoned {
  readonly reason: string;
}

/** Every change says why; the audit keeps it beside who signed the request. */
export const withReason = (command: Command, needed: 'always' | 'optional' = 'always'): Command =>
  needed === 'always'
    ? command.requiredOption('-r, --reason <text>', 'why: the audit keeps it', readReason)
    : command.option('-r, --reason <text>', 'why: needed for what changes something', readReason);

/** As the API takes it, so that one which it would refuse is not sent. */
function readReason(text: string): string {
  const reason = text.trim();
  if (reason === '') throw wrongUsage('A reason says something.');
  if (reason.length > mostCharacters) {
    throw wrongUsage(
      `A reason has at most ${mostCharacters} characters, this one ${reason.length.toLocaleString('en')}.`,
    );
  }
  return reason;
}
