import type { Handler } from '../api/handler.ts';
import { partsOfName } from '../sources/subscribers.ts';

export interface Pattern {
  readonly source: string;
  /** The whole type, or its beginning where `isPrefix`. */
  readonly type: string;
  readonly isPrefix: boolean;
}

/** What stands at a pattern: one handler, or those of the subscribers by name. */
export type Target = Handler | Readonly<Record<string, Handler>>;

type HandlersByPattern = Readonly<Record<string, Target>>;

interface Named {
  /** Of a source, or of a subscriber as `subscriberName` gives it. */
  readonly source: string;
  readonly type: string;
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
export function findHandler(handlers: HandlersByPattern, event: Named): Handler | undefined {
  const { source, subscriber } = partsOfName(event.source);
  const target = findTarget(handlers, { source, type: event.type });
  if (typeof target === 'function') return subscriber === undefined ? target : undefined;
  if (subscriber === undefined || target === undefined) return undefined;
  return Object.hasOwn(target, subscriber) ? target[subscriber] : undefined;
}

/** Names of the subscribers that an event is handed on to. Undefined: it has one handler, or none. */
export function findSubscribers(handlers: HandlersByPattern, event: Named): readonly string[] | undefined {
  const target = findTarget(handlers, event);
  return target === undefined || typeof target === 'function' ? undefined : Object.keys(target);
}

function findTarget(handlers: HandlersByPattern, event: Named): Target | undefined {
  let best: { readonly target: Target; readonly weight: number } | undefined;
  for (const [key, target] of Object.entries(handlers)) {
    const pattern = parsePattern(key);
    if (pattern === undefined || !fits(pattern, event)) continue;
    const weight = pattern.isPrefix ? pattern.type.length : Infinity;
    if (best === undefined || weight > best.weight) best = { target, weight };
  }
  return best?.target;
}

function fits(pattern: Pattern, event: Named): boolean {
  if (pattern.source !== event.source) return false;
  return pattern.isPrefix ? event.type.startsWith(pattern.type) : event.type === pattern.type;
}
