import type { Source, SubscriberOptions } from './source.ts';

/** By source, then by name. */
export type Subscribers = Readonly<Record<string, Readonly<Record<string, SubscriberOptions>> | undefined>>;

/** Of one source: an event is handed on to all of them in one attempt. */
export const mostSubscribers = 50;

/** No name of a source or a subscriber holds it. */
const separator = '.';

/** A subscriber is a source inside: its events, lanes, dead letters and gate are under this name. */
export const subscriberName = (source: string, subscriber: string): string =>
  `${source}${separator}${subscriber}`;

/** `subscriber` is undefined where it is the name of a source. */
export function partsOfName(name: string): { readonly source: string; readonly subscriber?: string } {
  const at = name.indexOf(separator);
  return at < 0 ? { source: name } : { source: name.slice(0, at), subscriber: name.slice(at + 1) };
}

/** The sources of a configuration and, as sources of their own, their subscribers. */
export function withSubscribers(config: {
  readonly sources: Readonly<Record<string, Source>>;
  readonly subscribers: Subscribers;
}): Readonly<Record<string, Source>> {
  const all = Object.entries(config.sources).map(([name, source]): readonly [string, Source][] => {
    const own = Object.entries(config.subscribers[name] ?? {});
    if (own.length === 0) return [[name, source]];
    return [
      [name, { ...source, subscribers: Object.fromEntries(own) }],
      ...own.map(([subscriber, options]): [string, Source] => [
        subscriberName(name, subscriber),
        subscriberSource(source, name, options),
      ]),
    ];
  });
  return Object.fromEntries(all.flat());
}

/** Its order and its `when` are its own: what the source orders is in order before it is handed on, and what it leaves out is not handed on. */
function subscriberSource(source: Source, subscriberOf: string, options: SubscriberOptions): Source {
  const { order, ...others } = options;
  const inherited: { -readonly [option in keyof Source]: Source[option] } = { ...source };
  delete inherited.order;
  delete inherited.when;
  if (options.onExhausted === 'continue') delete inherited.holdForSeconds;
  // The one that is held must not keep the others from being given up.
  const ended = options.ending === 'discard' ? ({ onExhausted: 'continue' } as const) : {};
  const start = order?.sequence === undefined ? {} : ({ start: 'first-seen' } as const);
  return {
    ...inherited,
    ...others,
    ...ended,
    ...(order === undefined ? {} : { order: { ...start, ...order } }),
    subscriberOf,
  };
}
