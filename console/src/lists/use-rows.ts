import { useMemo } from 'react';
import { read } from '../api/operations-api.ts';
import { useLooks, usualEveryMs, type Look, type Looks } from '../api/use-reading.ts';
import type { PageOf } from '../api/wire.ts';

/** Rows that fill a screen. */
const screenful = 25;

/**
 * The rows of a list from a path on. The API ends a page when it has cost enough, be it short or empty: this goes on from page to page until there are
 * enough rows, or no more.
 */
export function useRows<Item>(
  path: string | undefined,
  { enough = screenful, everyMs = usualEveryMs } = {},
): Looks<PageOf<Item>> {
  const look = useMemo(() => search<Item>(enough), [enough]);
  return useLooks(path, look, everyMs);
}

const search = <Item>(enough: number): Look<PageOf<Item>> =>
  async function* (path, known) {
    const texts: string[] = [];
    let items = known?.items ?? [];
    let cursor = known?.cursor;
    do {
      const answer = await read<PageOf<Item>>(cursor === undefined ? path : from(path, cursor));
      if (answer.kind !== 'found') {
        yield answer;
        return;
      }
      items = [...items, ...answer.value.items];
      cursor = answer.value.cursor;
      texts.push(answer.text);
      yield { kind: 'found', value: { ...answer.value, items }, text: texts.join('\n') };
    } while (cursor !== undefined && items.length < enough);
  };

function from(path: string, cursor: string): string {
  const [list = '', query] = path.split('?');
  const asked = new URLSearchParams(query);
  asked.set('cursor', cursor);
  return `${list}?${asked.toString()}`;
}
