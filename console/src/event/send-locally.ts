import type { Configuration, Event } from '../api/wire.ts';

type Configured = Configuration['sources'][number];

/** As a shell takes it, whatever a sender has put into it. */
const quoted = (text: string): string =>
  /^[\w.:/-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;

/**
 * Commands that take an event's bytes from where they are, and post them to the local cloud, signed anew: a signature that was sent is too old for
 * most schemes, and made with another secret. What was handed on to a subscriber is posted to its source. Undefined: nobody but its sender can sign for
 * this source.
 */
export function sendLocally(
  { provider, verify }: Pick<Configured, 'provider' | 'verify'>,
  { source, eventId, subscriberOf: to = source }: Pick<Event, 'source' | 'eventId' | 'subscriberOf'>,
  isLocal: boolean,
): string | undefined {
  const of = isLocal ? '' : ' --stack "$STACK"';
  const read = `npx hooklane payload ${quoted(source)} ${quoted(eventId)} --raw${of} > payload.bin`;
  if (provider !== undefined)
    return `${read} && npx hooklane send ${provider} --source ${quoted(to)} --file payload.bin`;
  if (verify !== 'none') return undefined;
  return `${read} && curl -H 'content-type: application/json' --data-binary @payload.bin http://127.0.0.1:4700/webhooks/${to}`;
}
