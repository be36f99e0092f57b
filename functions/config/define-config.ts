import { checkConfig } from './check-config.ts';
import type { Config, ConfigInput, ProcessorOptions } from './config.ts';
import type { Source } from '../sources/source.ts';

const defaultProcessor: ProcessorOptions = { timeoutSeconds: 30, maxConcurrency: 50 };

/**
 * What `hooklane.config.ts` exports. Throws nothing: what loads it refuses it with a `ConfigError` that lists every mistake by its path,
 * those of the handlers too.
 */
export function defineConfig<const Own extends Readonly<Record<string, Source>>>(
  input: ConfigInput<Own>,
): Config<Own> {
  // A user may write JavaScript: the copy is an object whatever the input is.
  const { sources, tables = {}, functions = {}, processor } = { ...input };
  return {
    sources,
    tables,
    functions,
    processor: { ...defaultProcessor, ...processor },
    mistakes: checkConfig(input),
  };
}
