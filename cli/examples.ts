import type { Command } from 'commander';

/** Examples at the end of a command's help. A test runs each of them against a local cloud. */
export const withExamples = (command: Command, ...examples: readonly string[]): Command =>
  command.addHelpText('after', `\nExamples:\n${examples.map((one) => `  $ hooklane ${one}`).join('\n')}`);
