import { useState } from 'react';
import { usualEveryMs, type Looks } from '../api/use-reading.ts';
import type { PageOf } from '../api/wire.ts';
import { useRows } from './use-rows.ts';

export interface Pages<Item> extends Looks<PageOf<Item>> {
  readonly number: number;
  /** Undefined: there is none, or it is not known yet. */
  readonly next: (() => void) | undefined;
  readonly previous: (() => void) | undefined;
}

const everything = new URLSearchParams();

/** A list, page by page. The first page is live; those behind it stand still, so that they can be read. */
export function usePages<Item>(path: string, query = everything): Pages<Item> {
  const text = query.toString();
  const [state, setState] = useState<{ readonly of: string; readonly cursors: readonly string[] }>({
    of: text,
    cursors: [],
  });
  // Another filter begins with its first page.
  const cursors = state.of === text ? state.cursors : [];
  const cursor = cursors.at(-1);
  const asked = new URLSearchParams(query);
  if (cursor !== undefined) asked.set('cursor', cursor);
  const rows = useRows<Item>(`${path}?${asked.toString()}`, {
    everyMs: cursor === undefined ? usualEveryMs : 0,
  });
  const following = rows.stage === 'looking' ? undefined : rows.value?.cursor;
  return {
    ...rows,
    number: cursors.length + 1,
    next:
      following === undefined ? undefined : () => setState({ of: text, cursors: [...cursors, following] }),
    previous: cursors.length === 0 ? undefined : () => setState({ of: text, cursors: cursors.slice(0, -1) }),
  };
}
