import { existsSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import type { Config } from '../functions/config/config.ts';
import { reasonOf, StartError } from './start-error.ts';

/** Throws `StartError` with what is wrong: no such file, does not load, no configuration in it, or all its mistakes by path. */
export async function loadConfig(file: string): Promise<Config> {
  if (!existsSync(file)) throw new StartError(`There is no configuration file ${file}.`);
  const loaded = await importFile(file);
  const config =
    typeof loaded === 'object' && loaded !== null && 'default' in loaded ? loaded.default : undefined;
  if (!isConfig(config)) throw new StartError(`${file} must have defineConfig({ … }) as its default export.`);
  return config;
}

async function importFile(file: string): Promise<unknown> {
  try {
    return await import(pathToFileURL(file).href);
  } catch (error) {
    throw new StartError(`The configuration ${file} does not load.\n${reasonOf(error)}`, { cause: error });
  }
}

// What defineConfig returned is complete; this tells it from anything else that a file may export.
function isConfig(value: unknown): value is Config {
  return (
    typeof value === 'object' &&
    value !== null &&
    'sources' in value &&
    'handlers' in value &&
    'processor' in value
  );
}
