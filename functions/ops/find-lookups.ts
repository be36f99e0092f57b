import { eventKey, type EventKey } from '../ledger/keys.ts';

export interface Lookup {
  readonly view: 'event' | 'audit';
  readonly key: EventKey;
}

/**
 * What a path under `/ops/events/` may mean, the most likely first: ids may hold slashes and percent signs, and gateways differ in what they
 * decode. `acme/a/audit` is the audit of `a`, or else the event `a/audit`. Empty: not a path of an event.
 */
export function findLookups(path: string): readonly Lookup[] {
  const [, source, rest] = /^\/ops\/events\/([^/]+)\/(.+)$/s.exec(path) ?? [];
  if (source === undefined || rest === undefined) return [];
  const [, audited] = /^(.+)\/audit$/s.exec(rest) ?? [];
  return [...(audited === undefined ? [] : named('audit', source, audited)), ...named('event', source, rest)];
}

function named(view: Lookup['view'], source: string, text: string): readonly Lookup[] {
  return idsOf(text).map((eventId) => ({ view, key: eventKey(source, eventId) }));
}

/** The ids that a part of a path may mean: as it came, and decoded. */
export const idsOf = (text: string): readonly string[] => [...new Set([text, decoded(text)])];

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
