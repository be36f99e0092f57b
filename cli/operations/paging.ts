import type { Command } from 'commander';
import { wholeNumber } from '../whole-number.ts';

export interface Paging {
  readonly limit: number;
  readonly cursor?: string;
}

export const withPaging = (command: Command): Command =>
  command
    .option('--limit <n>', 'the most that a page has', wholeNumber(1, 200), 50)
    .option('--cursor <text>', 'go on where the page before ended');

/** How to see the next page, below a list. */
export const goOn = (cursor: string | undefined): string =>
  cursor === undefined ? '' : `\nMore: the same again with --cursor ${cursor}\n`;
