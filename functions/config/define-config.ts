import { checkConfig } from './check-config.ts';
import { ConfigError } from '../api/config-error.ts';
import type { Config, ConfigInput, ProcessorOptions } from './config.ts';

const defaultProcessor: ProcessorOptions = { timeoutSeconds: 30, maxConcurrency: 50 };

/** What `hooklane.config.ts` exports. Throws one `ConfigError` that lists every mistake by its path. */
export function defineConfig(input: ConfigInput): Config {
  const mistakes = checkConfig(input);
  if (mistakes.length > 0) throw new ConfigError(mistakes);
  return {
    sources: input.sources,
    handlers: input.handlers,
    processor: { ...defaultProcessor, ...input.processor },
  };
}
