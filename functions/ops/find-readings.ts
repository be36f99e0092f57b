import type { Named, Route } from './route.ts';

/** One way to read a path: ids may hold slashes, percent signs and the names of routes. */
export interface Reading {
  readonly route: Route;
  readonly named: Named;
}

/**
 * What a path may mean, the most likely first. Gateways differ in what they decode, so an id is taken as it came, and decoded; and
 * `acme/a/audit` is the audit of `a`, or else the event `a/audit`.
 */
export function findReadings(routes: readonly Route[], method: string, path: string): readonly Reading[] {
  return routes
    .filter((route) => route.method === method)
    .sort((a, b) => fixedLength(b) - fixedLength(a))
    .flatMap((route) => namesIn(route.path, path).map((named) => ({ route, named })));
}

/** Methods for which there is something of this path. */
export const methodsOf = (routes: readonly Route[], path: string): readonly string[] => [
  ...new Set(routes.filter((route) => namesIn(route.path, path).length > 0).map(({ method }) => method)),
];

/** A path with more fixed text says more exactly what is meant. */
const fixedLength = ({ path }: Route): number => path.replaceAll(/\{\w+\}/g, '').length;

const nobody: Named = { source: '', eventId: '', entity: '', id: '' };
const isAnyText = new Set(['eventId', 'entity']);

function namesIn(pattern: string, path: string): readonly Named[] {
  const groups = pattern
    .replaceAll(/[.+*?^$()|[\]\\]/g, String.raw`\$&`)
    .replaceAll(/\{(\w+)\}/g, (_, name: string) => `(?<${name}>${isAnyText.has(name) ? '.+' : '[^/]+'})`);
  const match = new RegExp(`^${groups}$`, 's').exec(path);
  if (match === null) return [];
  const asItCame = { ...nobody, ...match.groups };
  const { eventId, entity } = asItCame;
  const decodedOnes = { ...asItCame, eventId: decoded(eventId), entity: decoded(entity) };
  return decodedOnes.eventId === eventId && decodedOnes.entity === entity
    ? [asItCame]
    : [asItCame, decodedOnes];
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
