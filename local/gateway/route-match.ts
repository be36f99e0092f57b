import type { Route } from '../../functions/runtime/settings.ts';

export interface MatchedRoute {
  readonly route: Route;
  readonly parameters: Readonly<Record<string, string>>;
}

/**
 * The route of a request, as an HTTP API picks it: a path without variables before one with, a greedy `{name+}` last, a method of its
 * own before ANY.
 */
export function matchRoute(routes: readonly Route[], method: string, path: string): MatchedRoute | undefined {
  const segments = path.split('/').slice(1);
  const matches = routes
    .filter((route) => route.method === 'ANY' || route.method === method)
    .flatMap((route) => {
      const parameters = matchPath(route.path.split('/').slice(1), segments);
      return parameters === undefined ? [] : [{ route, parameters }];
    });
  return matches.sort((a, b) => generality(a.route) - generality(b.route))[0];
}

function matchPath(
  pattern: readonly string[],
  segments: readonly string[],
): Record<string, string> | undefined {
  const parameters: Record<string, string> = {};
  for (const [index, part] of pattern.entries()) {
    const segment = segments[index];
    if (segment === undefined || segment === '') return undefined;
    const variable = /^\{(\w+)(\+?)\}$/.exec(part);
    if (variable === null) {
      if (part !== segment) return undefined;
      continue;
    }
    const [, name = '', greedy] = variable;
    if (greedy === '+') return { ...parameters, [name]: segments.slice(index).join('/') };
    parameters[name] = segment;
  }
  return segments.length === pattern.length ? parameters : undefined;
}

/** Greedy, then variables, then the length of what is fixed, then the method; the smaller number goes first. */
function generality({ path, method }: Route): number {
  const parts = path.split('/');
  const variables = parts.filter((part) => part.startsWith('{')).length;
  const isGreedy = path.includes('+}');
  return (isGreedy ? 100_000 : 0) + variables * 1000 - parts.length * 2 + (method === 'ANY' ? 1 : 0);
}
