import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Handlers } from '../functions/config/define-handlers.ts';
import type { ApplicationFiles } from '../functions/config/application-files.ts';
import { refuseMistakes } from '../functions/api/config-error.ts';
import type { Config } from '../functions/config/config.ts';
import { reasonOf, StartError } from './start-error.ts';

interface Application {
  readonly config: Config;
  /** Why the handlers do not load: then events are stored, and wait until they do. */
  readonly handlersProblem?: string;
}

/**
 * Throws `StartError` with what is wrong: no such file, a configuration that does not load, something else in a file, or all mistakes of
 * configuration and handlers by path.
 */
export async function loadApplication({ configFile, handlersFile }: ApplicationFiles): Promise<Application> {
  if (!existsSync(configFile)) throw new StartError(`There is no configuration file ${configFile}.`);
  if (!existsSync(handlersFile)) {
    throw new StartError(`There is no file of handlers ${handlersFile}; --handlers names another.`);
  }
  const config = await loadConfig(configFile);
  const handlers = await importFile(handlersFile);
  if (handlers.kind === 'failed') {
    check(config);
    return {
      config,
      handlersProblem: `The handlers ${handlersFile} do not load.\n${reasonOf(handlers.error)}`,
    };
  }
  if (!isHandlers(handlers.exported)) {
    throw new StartError(`${handlersFile} must have defineHandlers(config, { … }) as its default export.`);
  }
  check(handlers.exported);
  for (const [name, { entry }] of Object.entries(config.functions)) {
    const file = resolve(dirname(configFile), entry);
    if (!existsSync(file)) throw new StartError(`functions.${name}.entry: there is no file ${file}.`);
  }
  return { config };
}

async function loadConfig(file: string): Promise<Config> {
  const loaded = await importFile(file);
  if (loaded.kind === 'failed') {
    // The handlers import the configuration, which has not got to its export yet.
    const isCircle =
      loaded.error instanceof ReferenceError && /before initialization/.test(loaded.error.message);
    const why = isCircle ? 'It imports its handlers, and those import it; only the handlers may.\n' : '';
    throw new StartError(`The configuration ${file} does not load.\n${why}${reasonOf(loaded.error)}`, {
      cause: loaded.error,
    });
  }
  if (!isConfig(loaded.exported)) {
    throw new StartError(`${file} must have defineConfig({ … }) as its default export.`);
  }
  return loaded.exported;
}

type Loaded =
  | { readonly kind: 'loaded'; readonly exported: unknown }
  | { readonly kind: 'failed'; readonly error: unknown };

async function importFile(file: string): Promise<Loaded> {
  try {
    const loaded: unknown = await import(pathToFileURL(file).href);
    const exported =
      typeof loaded === 'object' && loaded !== null && 'default' in loaded ? loaded.default : undefined;
    return { kind: 'loaded', exported };
  } catch (error) {
    return { kind: 'failed', error };
  }
}

function check(checked: Parameters<typeof refuseMistakes>[0]): void {
  try {
    refuseMistakes(checked);
  } catch (error) {
    throw new StartError(reasonOf(error), { cause: error });
  }
}

// What defineConfig or defineHandlers returned is complete; this tells it from anything else that a file may export.
const isConfig = (value: unknown): value is Config => hasAll(value, ['sources', 'processor', 'mistakes']);
const isHandlers = (value: unknown): value is Handlers => hasAll(value, ['config', 'byPattern', 'mistakes']);

const hasAll = (value: unknown, names: readonly string[]): boolean =>
  typeof value === 'object' && value !== null && names.every((name) => name in value);
