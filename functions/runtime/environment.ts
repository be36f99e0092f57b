import { environment } from './settings.ts';

type Name = keyof typeof environment;

/** The environment variables a function needs. Throws where one is missing or empty: then the function does not start. */
export function readEnvironment<N extends Name>(...names: readonly N[]): Readonly<Record<N, string>> {
  const missing = names.filter((name) => !process.env[environment[name]]);
  if (missing.length > 0) {
    throw new Error(`missing in the environment: ${missing.map((name) => environment[name]).join(', ')}`);
  }
  const values = names.map((name) => [name, process.env[environment[name]]]);
  return Object.fromEntries(values) as Readonly<Record<N, string>>;
}
