import { findLookups, idsOf, type Lookup } from './find-lookups.ts';

export type ActionName = 'redrive' | 'replay' | 'discard' | 'resolve';

/** An event or an entity of a source, by all the ids that the path may mean, the most likely first. */
export interface Named {
  readonly source: string;
  readonly ids: readonly string[];
}

/** What a request asks for. */
export type Operation =
  | { readonly kind: 'health' }
  | { readonly kind: 'attention' }
  | { readonly kind: 'read-event'; readonly lookups: readonly Lookup[] }
  | { readonly kind: 'read-lane'; readonly lane: Named }
  | { readonly kind: 'act'; readonly action: ActionName; readonly event: Named }
  | { readonly kind: 'release'; readonly lane: Named }
  /** There is something of this path, for these methods. */
  | { readonly kind: 'other-method'; readonly allow: string }
  | { readonly kind: 'unknown' };

export function findOperation(method: string, path: string): Operation {
  const byMethod = { GET: found(path), POST: posted(path) };
  const operation = method === 'GET' || method === 'POST' ? byMethod[method] : undefined;
  if (operation) return operation;
  const allow = Object.entries(byMethod).flatMap(([name, other]) => (other ? [name] : []));
  return allow.length === 0 ? { kind: 'unknown' } : { kind: 'other-method', allow: allow.join(', ') };
}

function found(path: string): Operation | undefined {
  if (path === '/health') return { kind: 'health' };
  if (path === '/ops/attention') return { kind: 'attention' };
  const lane = named(/^\/ops\/lanes\/([^/]+)\/(.+)$/s, path);
  if (lane) return { kind: 'read-lane', lane };
  const lookups = findLookups(path);
  return lookups.length === 0 ? undefined : { kind: 'read-event', lookups };
}

/** The last part of the path is the action, whatever the id before it holds. */
function posted(path: string): Operation | undefined {
  const lane = named(/^\/ops\/lanes\/([^/]+)\/(.+)\/release$/s, path);
  if (lane) return { kind: 'release', lane };
  for (const action of ['redrive', 'replay', 'discard', 'resolve'] as const) {
    const event = named(new RegExp(`^/ops/events/([^/]+)/(.+)/${action}$`, 's'), path);
    if (event) return { kind: 'act', action, event };
  }
  return undefined;
}

function named(pattern: RegExp, path: string): Named | undefined {
  const [, source, id] = pattern.exec(path) ?? [];
  return source === undefined || id === undefined ? undefined : { source, ids: idsOf(id) };
}
