import * as z from 'zod';
import type { Mistake } from '../api/config-error.ts';
import { isObject } from '../body/path.ts';
import { oneOf, sourceName, sourceSchema } from '../sources/source-schema.ts';
import { mostSubscribers } from '../sources/subscribers.ts';
import { checkRules, isByName, shapeMistakes, soundOptions } from './check-config.ts';

const { execution, retry, onExhausted, holdForSeconds, breaker, atMost, order, when } = sourceSchema.shape;

const subscriberSchema = z.strictObject({
  execution: execution.optional(),
  retry: retry.optional(),
  onExhausted: onExhausted.optional(),
  holdForSeconds,
  breaker,
  atMost,
  order,
  when,
  ending: oneOf('finish', 'discard').optional(),
});

/**
 * Every mistake in the subscribers of a configuration, by path. They are found with the handlers, which an application always has: so ingest, which knows
 * of no subscribers, does not carry what checks them.
 */
export function checkSubscribers(input: unknown): readonly Mistake[] {
  const { sources, subscribers } = isObject(input) ? input : {};
  if (subscribers === undefined) return [];
  if (!isByName(subscribers)) {
    return [{ path: 'subscribers', message: 'must be an object of subscribers by source' }];
  }
  const known = isByName(sources) ? sources : {};
  return Object.entries(subscribers).flatMap(([source, named]) => {
    const path = `subscribers.${source}`;
    if (!Object.hasOwn(known, source)) return [{ path, message: `there is no source "${source}"` }];
    if (!isByName(named)) return [{ path, message: 'must be an object of subscribers by name' }];
    const names = Object.keys(named);
    const tooMany =
      names.length > mostSubscribers
        ? [{ path, message: `must be at most ${mostSubscribers} subscribers` }]
        : [];
    return [
      ...tooMany,
      ...Object.entries(named).flatMap(([name, options]) =>
        checkSubscriber(`${path}.${name}`, name, options, known[source], known),
      ),
    ];
  });
}

function checkSubscriber(
  path: string,
  name: string,
  options: unknown,
  source: unknown,
  sources: object,
): readonly Mistake[] {
  const nameMistakes = sourceName.test(name)
    ? []
    : [{ path, message: 'a subscriber is named with lower-case letters, digits and dashes, at most 63' }];
  const shape = shapeMistakes(subscriberSchema, options, path);
  if (shape.length > 0 || !isObject(source) || !isObject(options)) return [...nameMistakes, ...shape];
  // Of a source that holds, a subscriber that does not inherits no end of a hold; and its order is its own.
  const inherited = { ...source, order: undefined };
  const hold = options['onExhausted'] === 'continue' ? { holdForSeconds: undefined } : {};
  const ofSource = new Set(checkRules(soundOptions(source), path, sources).map(({ path: at }) => at));
  const mistakes = checkRules(soundOptions({ ...inherited, ...hold, ...options }), path, sources);
  return [...nameMistakes, ...mistakes.filter(({ path: at }) => !ofSource.has(at))];
}
