import type { Command } from 'commander';
import * as z from 'zod';
import { exact } from '../terminal/moment.ts';
import { startProgress } from '../terminal/progress.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { wholeNumber } from '../whole-number.ts';
import { knownOperations } from './known-operations.ts';
import type { Answered, Asked, OpsClient } from './ops-client.ts';

export interface Paging {
  readonly limit: number;
  readonly cursor?: string;
}

export const withPaging = (command: Command): Command =>
  command
    .option('--limit <n>', 'the most that a page has', wholeNumber(1, 200), 50)
    .option('--cursor <text>', 'go on where the page before ended');

type ListName = 'listEvents' | 'listLanes' | 'listRejections';
type Value<Name extends ListName> = z.output<(typeof knownOperations)[Name]['answer']>;

const pageSchema = z.looseObject({
  items: z.array(z.unknown()),
  cursor: z.string().optional(),
  searchedTo: z.string().optional(),
});

const longestMs = 10_000;

/**
 * Asks for one page until it is full or the list ends: what the API answers may be short or empty and have a cursor. After ten seconds, or at Ctrl-C,
 * it is what there is so far, and its cursor says where to go on.
 */
export async function askPage<Name extends ListName>(
  name: Name,
  filter: Asked['query'],
  { limit, cursor: begin }: Paging,
  { client, terminal }: { readonly client: Pick<OpsClient, 'ask'>; readonly terminal: Terminal },
): Promise<Answered<Value<Name>>> {
  const until = terminal.now().getTime() + longestMs;
  const progress = startProgress(terminal);
  const items: unknown[] = [];
  let cursor = begin;
  for (;;) {
    const query = { ...filter, limit: limit - items.length, cursor };
    const page = pageSchema.parse((await client.ask(name, { query })).json);
    items.push(...page.items);
    cursor = page.cursor;
    const isEnough = items.length >= limit || terminal.now().getTime() > until || terminal.ended.aborted;
    if (cursor === undefined || isEnough) {
      progress.end();
      const json = { ...page, items };
      return { json, value: knownOperations[name].answer.parse(json) };
    }
    const back =
      page.searchedTo === undefined ? '' : `, searched back to ${exact(new Date(page.searchedTo))}`;
    progress.show(`found${back}`, items.length);
  }
}

/** What a list says that has nothing. */
export const nothing = (text: string, cursor: string | undefined): string =>
  `${text}${cursor === undefined ? '' : ' so far'}.\n`;

/** How to see the next page, below a list. */
export const goOn = (cursor: string | undefined): string =>
  cursor === undefined ? '' : `\nMore: the same again with --cursor ${cursor}\n`;
