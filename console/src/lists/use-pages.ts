import { useState } from 'react';
import { useReading, usualEveryMs, type Reading } from '../api/use-reading.ts';
import type { PageOf } from '../api/wire.ts';

export interface Pages<Item> extends Reading<PageOf<Item>> {
  readonly number: number;
  /** Undefined: there is none. */
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
  const reading = useReading<PageOf<Item>>(
    `${path}?${asked.toString()}`,
    cursor === undefined ? usualEveryMs : 0,
  );
  const following = reading.value?.cursor;
  return {
    ...reading,
    number: cursors.length + 1,
    next:
      following === undefined ? undefined : () => setState({ of: text, cursors: [...cursors, following] }),
    previous: cursors.length === 0 ? undefined : () => setState({ of: text, cursors: cursors.slice(0, -1) }),
  };
}
