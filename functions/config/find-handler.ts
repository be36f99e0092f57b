import type { Handler } from '../api/handler.ts';

export interface Pattern {
  readonly source: string;
  /** The whole type, or its beginning where `isPrefix`. */
  readonly type: string;
  readonly isPrefix: boolean;
}

/** Undefined: not `source/type`, `source/prefix*` or `source/*`. A type may hold slashes. */
export function parsePattern(pattern: string): Pattern | undefined {
  const slash = pattern.indexOf('/');
  const source = pattern.slice(0, Math.max(slash, 0));
  const type = pattern.slice(slash + 1);
  const star = type.indexOf('*');
  if (source === '' || type === '' || (star >= 0 && star < type.length - 1)) return undefined;
  return { source, type: star < 0 ? type : type.slice(0, -1), isPrefix: star >= 0 };
}

/** The handler of the most specific pattern that fits: an exact type, else the longest prefix. Undefined: nobody wants this event. */
export function findHandler(
  handlers: Readonly<Record<string, Handler>>,
  event: { readonly source: string; readonly type: string },
): Handler | undefined {
  let best: { readonly handler: Handler; readonly weight: number } | undefined;
  for (const [key, handler] of Object.entries(handlers)) {
    const pattern = parsePattern(key);
    if (pattern === undefined || !fits(pattern, event)) continue;
    const weight = pattern.isPrefix ? pattern.type.length : Infinity;
    if (best === undefined || weight > best.weight) best = { handler, weight };
  }
  return best?.handler;
}

function fits(pattern: Pattern, event: { readonly source: string; readonly type: string }): boolean {
  if (pattern.source !== event.source) return false;
  return pattern.isPrefix ? event.type.startsWith(pattern.type) : event.type === pattern.type;
}
