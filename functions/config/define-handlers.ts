import type { Mistake } from '../api/config-error.ts';
import { subscriberName, type Subscribers } from '../sources/subscribers.ts';
import { isByName } from './check-config.ts';
import { checkSubscribers } from './check-subscribers.ts';
import type { Config } from './config.ts';
import { parsePattern, type Target } from './find-handler.ts';
import type { BodyOf, Source } from '../sources/source.ts';
import type { Handler, WebhookEvent } from '../api/handler.ts';

type Sources = Readonly<Record<string, Source>>;

/** What `handlers/index.ts` exports. `Subscriber`: the names of the configuration's subscribers. */
export interface Handlers<Subscriber extends string = string> {
  readonly config: Config;
  readonly byPattern: Readonly<Record<string, Target>>;
  /** Of the configuration and of the handlers. */
  readonly mistakes: readonly Mistake[];
  /** Never there: carries the names to what runs a handler in a test. */
  readonly [subscribers]?: { of(name: Subscriber): void }['of'];
}

declare const subscribers: unique symbol;

type NameIn<Named> = { readonly [Source in keyof Named]: keyof Named[Source] & string }[keyof Named];

/**
 * What may stand at a pattern: a handler of an event with the body of its source, or one for each of its subscribers. A text says why nothing can
 * stand there.
 */
type HandlerAt<Own extends Sources, Named, Pattern> = Pattern extends `${infer Name}/${infer Type}`
  ? Name extends keyof Own
    ? Type extends ''
      ? 'a pattern is source/type, source/prefix* or source/*'
      : Type extends `${string}*${infer Rest}`
        ? Rest extends ''
          ? TargetOf<Own, Named, Name>
          : 'a star is the last character of a pattern'
        : TargetOf<Own, Named, Name>
    : 'the configuration has no such source'
  : 'a pattern is source/type, source/prefix* or source/*';

type TargetOf<Own extends Sources, Named, Name extends keyof Own> =
  | HandlerOf<Own[Name]>
  | (Name extends keyof Named
      ? { readonly [Subscriber in keyof Named[Name]]?: HandlerOf<Own[Name]> }
      : 'the configuration names no subscribers of this source');

type HandlerOf<S extends Source> = Handler<WebhookEvent<BodyOf<S>>>;

/**
 * The handlers of a configuration, by `source/type`, `source/prefix*` or `source/*`; the most specific one wins. `event.body` is what the source's
 * preset or schema gives. An event without a handler is `ignored`. Throws nothing: what loads the handlers refuses them with a
 * `ConfigError` that lists every mistake, those of the configuration too.
 *
 * The value of a pattern may be an object of handlers by subscriber: each of these gets the event, in a lane of its own.
 */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- each pattern's own text decides its handler's type
export function defineHandlers<Own extends Sources, Named, const Pattern extends string>(
  config: Config<Own, Named>,
  handlers: { readonly [P in Pattern]: HandlerAt<Own, Named, P> },
): Handlers<NameIn<Named>> {
  const ofApplication = { ...config, subscribers: config.subscribers as Subscribers };
  const mistakes = [
    ...config.mistakes,
    ...checkSubscribers(ofApplication),
    ...checkHandlers(handlers, ofApplication),
  ];
  // A user may write JavaScript: the copy is an object whatever the handlers are.
  const byPattern = Object.fromEntries(Object.entries<unknown>({ ...handlers }).filter(isTarget));
  return { config: ofApplication, byPattern, mistakes };
}

const isTarget = (entry: [string, unknown]): entry is [string, Target] =>
  typeof entry[1] === 'function' ||
  (isByName(entry[1]) && Object.values(entry[1]).every((handler) => typeof handler === 'function'));

function checkHandlers(handlers: unknown, { sources, subscribers }: Config): readonly Mistake[] {
  if (typeof handlers !== 'object' || handlers === null) {
    return [{ path: 'handlers', message: 'must be an object of handlers by source/type' }];
  }
  const ofPatterns = Object.entries<unknown>({ ...handlers }).flatMap(([key, target]) => {
    const path = `handlers["${key}"]`;
    const pattern = parsePattern(key);
    const mistakes: (Mistake | false)[] = [
      pattern === undefined && { path, message: 'must be source/type, source/prefix* or source/*' },
      pattern !== undefined &&
        !Object.hasOwn(sources, pattern.source) && {
          path,
          message: `there is no source "${pattern.source}"`,
        },
      ...(pattern === undefined ? [] : checkTarget(target, path, pattern.source, subscribers)),
    ];
    return mistakes.filter((mistake) => mistake !== false);
  });
  return [...ofPatterns, ...withoutHandler(handlers, subscribers)];
}

function checkTarget(
  target: unknown,
  path: string,
  source: string,
  subscribers: Subscribers,
): readonly Mistake[] {
  if (typeof target === 'function') return [];
  const known = Object.hasOwn(subscribers, source) ? subscribers[source] : undefined;
  if (!isByName(target)) {
    const other = known === undefined ? '' : ', or an object of functions by subscriber';
    return [{ path, message: `must be a function${other}` }];
  }
  if (Object.keys(target).length === 0) return [{ path, message: 'must name at least one subscriber' }];
  return Object.entries(target).flatMap(([name, handler]) => [
    ...(isByName(known) && Object.hasOwn(known, name)
      ? []
      : [
          {
            path: `${path}.${name}`,
            message: `the configuration names no subscriber "${name}" of ${source}`,
          },
        ]),
    ...(typeof handler === 'function' ? [] : [{ path: `${path}.${name}`, message: 'must be a function' }]),
  ]);
}

/** The events of a subscriber that no pattern names would be ignored. One that gives up what it has needs no handler. */
function withoutHandler(handlers: object, subscribers: Subscribers): readonly Mistake[] {
  const used = new Set(
    Object.entries<unknown>({ ...handlers }).flatMap(([key, target]) => {
      const source = parsePattern(key)?.source;
      return isByName(target) ? Object.keys(target).map((name) => subscriberName(source ?? '', name)) : [];
    }),
  );
  return Object.entries(isByName(subscribers) ? subscribers : {}).flatMap(([source, ofSource]) =>
    Object.entries(isByName(ofSource) ? ofSource : {})
      .filter(([name, options]) => !used.has(subscriberName(source, name)) && options.ending !== 'discard')
      .map(([name]) => ({
        path: `subscribers.${source}.${name}`,
        message: 'no pattern has a handler for it',
      })),
  );
}
