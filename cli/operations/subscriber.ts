import type { Command } from 'commander';

export interface OfSubscriber {
  readonly subscriber?: string;
}

/** `billing --subscriber crm` is what `billing.crm` is. */
export const withSubscriber = (command: Command): Command =>
  command.option('--subscriber <name>', 'of the source: it is about that one alone');
