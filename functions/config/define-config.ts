import { checkConfig } from './check-config.ts';
import type { Config, ConfigInput, ProcessorOptions, SubscribersOf } from './config.ts';
import type { Source } from '../sources/source.ts';

const defaultProcessor: ProcessorOptions = { timeoutSeconds: 30, maxConcurrency: 50 };

/**
 * What `hooklane.config.ts` exports. Throws nothing: what loads it refuses it with a `ConfigError` that lists every mistake by its path,
 * those of subscribers and handlers too.
 */
export function defineConfig<
  const Own extends Readonly<Record<string, Source>>,
  // eslint-disable-next-line @typescript-eslint/no-generated-empty-object-type -- no source has subscribers unless it is said
  const Named extends SubscribersOf<Own> = Readonly<Record<never, never>>,
>(input: ConfigInput<Own, Named>): Config<Own, Named> {
  // A user may write JavaScript: the copy is an object whatever the input is.
  const { sources, subscribers = {} as Named, tables = {}, functions = {}, processor } = { ...input };
  return {
    sources,
    subscribers,
    tables,
    functions,
    processor: { ...defaultProcessor, ...processor },
    mistakes: checkConfig(input),
  };
}
