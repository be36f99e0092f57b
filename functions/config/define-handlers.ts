import type { Mistake } from '../api/config-error.ts';
import type { Config } from './config.ts';
import { parsePattern } from './find-handler.ts';
import type { BodyOf, Source } from '../sources/source.ts';
import type { Handler, WebhookEvent } from '../api/handler.ts';

type Sources = Readonly<Record<string, Source>>;

/** What `handlers/index.ts` exports. */
export interface Handlers {
  readonly config: Config;
  readonly byPattern: Readonly<Record<string, Handler>>;
  /** Of the configuration and of the handlers. */
  readonly mistakes: readonly Mistake[];
}

/** The handler that may stand at a pattern: of an event with the body of its source. A text says why none can stand there. */
type HandlerAt<Own extends Sources, Pattern> = Pattern extends `${infer Name}/${infer Type}`
  ? Name extends keyof Own
    ? Type extends ''
      ? 'a pattern is source/type, source/prefix* or source/*'
      : Type extends `${string}*${infer Rest}`
        ? Rest extends ''
          ? HandlerOf<Own[Name]>
          : 'a star is the last character of a pattern'
        : HandlerOf<Own[Name]>
    : 'the configuration has no such source'
  : 'a pattern is source/type, source/prefix* or source/*';

type HandlerOf<S extends Source> = Handler<WebhookEvent<BodyOf<S>>>;

/**
 * The handlers of a configuration, by `source/type`, `source/prefix*` or `source/*`; the most specific one wins. `event.body` is what the source's
 * preset or schema gives. An event without a handler is `ignored`. Throws nothing: what loads the handlers refuses them with a
 * `ConfigError` that lists every mistake, those of the configuration too.
 */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- each pattern's own text decides its handler's type
export function defineHandlers<Own extends Sources, const Pattern extends string>(
  config: Config<Own>,
  handlers: { readonly [P in Pattern]: HandlerAt<Own, P> },
): Handlers {
  const mistakes = [...config.mistakes, ...checkHandlers(handlers, config.sources)];
  // A user may write JavaScript: the copy is an object whatever the handlers are.
  const byPattern = Object.fromEntries(Object.entries<unknown>({ ...handlers }).filter(isHandler));
  return { config, byPattern, mistakes };
}

const isHandler = (entry: [string, unknown]): entry is [string, Handler] => typeof entry[1] === 'function';

function checkHandlers(handlers: unknown, sources: Sources): readonly Mistake[] {
  if (typeof handlers !== 'object' || handlers === null) {
    return [{ path: 'handlers', message: 'must be an object of handlers by source/type' }];
  }
  return Object.entries(handlers).flatMap(([key, handler]) => {
    const path = `handlers["${key}"]`;
    const pattern = parsePattern(key);
    const mistakes: (Mistake | false)[] = [
      pattern === undefined && { path, message: 'must be source/type, source/prefix* or source/*' },
      pattern !== undefined &&
        !Object.hasOwn(sources, pattern.source) && {
          path,
          message: `there is no source "${pattern.source}"`,
        },
      typeof handler !== 'function' && { path, message: 'must be a function' },
    ];
    return mistakes.filter((mistake) => mistake !== false);
  });
}
