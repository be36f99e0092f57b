import { parseEventKey } from './keys.ts';

/** What a record has under a name from outside: own properties only, since `constructor` is a name like any other. */
export const named = <T>(all: Readonly<Record<string, T>> | undefined, name: string): T | undefined =>
  all && Object.hasOwn(all, name) ? all[name] : undefined;

/** The source of an event, or of a lane, among those that are configured. */
export const sourceOf = <T>(key: string, sources: Readonly<Record<string, T>>): T | undefined =>
  named(sources, parseEventKey(key)?.source ?? '');
