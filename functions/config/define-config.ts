import type { Handler } from '../api/handler.ts';
import { checkConfig } from './check-config.ts';
import { ConfigError } from './config-error.ts';
import type { Config, ProcessorOptions } from './config.ts';
import type { Source } from '../sources/source.ts';

export interface ConfigInput {
  /** By name, which is the last part of the address: lower-case letters, digits and dashes, at most 63. */
  readonly sources: Readonly<Record<string, Source>>;
  /** By `source/type`, `source/prefix*` or `source/*`; the most specific one wins. An event without a handler is `ignored`. */
  readonly handlers: Readonly<Record<string, Handler>>;
  readonly processor?: Partial<ProcessorOptions>;
}

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
