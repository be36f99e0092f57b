import { wrongUsage } from '../command-error.ts';

/** An event or a lane: `SOURCE ID` in two arguments, or `SOURCE#ID` in one, as lists print it. */
export interface NameOf {
  readonly source: string;
  readonly id: string;
}

export function nameOf(first: string, second: string | undefined): NameOf {
  if (second !== undefined) return { source: first, id: second };
  const at = first.indexOf('#');
  if (at < 1 || at === first.length - 1) {
    throw wrongUsage(`"${first}" names a source alone: give SOURCE ID, or SOURCE#ID.`);
  }
  return { source: first.slice(0, at), id: first.slice(at + 1) };
}

/** As lists print it, and commands take it. */
export const written = ({ source, id }: NameOf): string => `${source}#${id}`;
