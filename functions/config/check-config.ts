import * as z from 'zod';
import type { Mistake } from '../api/config-error.ts';
import type { ConfigInput } from './config.ts';
import { parsePattern } from './find-handler.ts';
import { isObject } from '../body/path.ts';
import type { OrderRules, Source } from '../sources/source.ts';
import { longestDelaySeconds } from '../sources/longest-delay.ts';
import { sourceName, sourceSchema, wholeNumber } from '../sources/source-schema.ts';

const processorSchema = z.strictObject({
  // No attempt begins with less than two seconds of its lease left: under three, none ever would.
  timeoutSeconds: wholeNumber(3, 900).optional(),
  maxConcurrency: wholeNumber(2, 1000).optional(),
});

/** Every mistake of a configuration, by path; empty where there is none. Trusts nothing of its types: a user may write JavaScript. */
export function checkConfig(input: ConfigInput): readonly Mistake[] {
  if (!isObject(input)) return [{ path: 'config', message: 'must be an object' }];
  const unknownKeys = Object.keys(input).filter((key) => !['sources', 'handlers', 'processor'].includes(key));
  return [
    ...unknownKeys.map((key) => ({ path: key, message: 'is no option' })),
    ...checkSources(input.sources),
    ...checkHandlers(input.handlers, input.sources),
    ...(input.processor === undefined ? [] : shapeMistakes(processorSchema, input.processor, 'processor')),
  ];
}

function checkSources(sources: unknown): readonly Mistake[] {
  if (!isObject(sources)) return [{ path: 'sources', message: 'must be an object of sources by name' }];
  return Object.entries(sources).flatMap(([name, source]) => {
    const path = `sources.${name}`;
    const nameMistakes = sourceName.test(name)
      ? []
      : [{ path, message: 'a source is named with lower-case letters, digits and dashes, at most 63' }];
    const shape = shapeMistakes(sourceSchema, source, path);
    return [...nameMistakes, ...shape, ...(isSource(source) ? checkRules(source, path, sources) : [])];
  });
}

/** Far enough a source that the rules between its options can be looked at. */
function isSource(source: unknown): source is Source {
  return sourceSchema.safeParse(source).success;
}

function checkRules(source: Source, path: string, sources: object): readonly Mistake[] {
  const { verify, holdForSeconds, onExhausted, publicUrl, order, lane, retry, secrets } = source;
  const mistakes: (Mistake | false)[] = [
    ...(verify.problems ?? []).map((message) => ({ path: `${path}.verify`, message })),
    verify.needsPublicUrl === true &&
      publicUrl === undefined && {
        path: `${path}.publicUrl`,
        message: 'is needed: the sender signs the address',
      },
    holdForSeconds !== undefined &&
      onExhausted !== 'hold' && { path: `${path}.holdForSeconds`, message: "needs onExhausted: 'hold'" },
    'backoff' in retry &&
      retry.backoff.maxSeconds < retry.backoff.baseSeconds && {
        path: `${path}.retry.backoff.maxSeconds`,
        message: 'must be at least baseSeconds',
      },
    secrets !== undefined &&
      !Object.hasOwn(sources, secrets) && {
        path: `${path}.secrets`,
        message: `there is no source "${secrets}"`,
      },
    order !== undefined &&
      lane === undefined && {
        path: `${path}.order`,
        message: 'needs a lane: an order is among the events of one entity',
      },
  ];
  return [
    ...mistakes.filter((mistake) => mistake !== false),
    ...(order === undefined ? [] : checkOrder(order, `${path}.order`)),
    ...checkRetention(source, path),
  ];
}

/** An event runs, is retried or waits only as long as its body is kept; what takes longer would fail every event that it happens to. */
function checkRetention(
  { retry, holdForSeconds, order, retentionDays }: Source,
  path: string,
): readonly Mistake[] {
  const durations = [
    { option: 'retry', what: 'its delays', seconds: longestRetriesSeconds(retry) },
    { option: 'holdForSeconds', what: 'it', seconds: holdForSeconds },
    { option: 'order.gapTimeoutSeconds', what: 'it', seconds: order?.gapTimeoutSeconds },
  ];
  return durations
    .filter(({ seconds = 0 }) => seconds >= retentionDays * 24 * 3600)
    .map(({ option, what }) => ({
      path: `${path}.${option}`,
      message: `must be shorter than retentionDays (${retentionDays}): ${what} can last longer than the body is kept`,
    }));
}

/** All delays of an event whose attempts are used up, at their longest. */
function longestRetriesSeconds(retry: Source['retry']): number {
  let seconds = 0;
  for (let attempt = 1; attempt < retry.attempts; attempt++) seconds += longestDelaySeconds(retry, attempt);
  return seconds;
}

function checkOrder(order: OrderRules, path: string): readonly Mistake[] {
  const { sequence, start, version, after, gapTimeoutSeconds, onGap } = order;
  const canWait = sequence !== undefined || after !== undefined;
  const mistakes: (Mistake | false)[] = [
    !canWait && version === undefined && { path, message: 'must have sequence, version or after' },
    start !== undefined && sequence === undefined && { path: `${path}.start`, message: 'needs sequence' },
    gapTimeoutSeconds !== undefined &&
      !canWait && { path: `${path}.gapTimeoutSeconds`, message: 'needs sequence or after' },
    onGap !== undefined && !canWait && { path: `${path}.onGap`, message: 'needs sequence or after' },
  ];
  const cycles = Object.keys(after ?? {})
    .filter((type) => isItsOwnPrerequisite(type, after ?? {}))
    .map((type) => ({ path: `${path}.after.${type}`, message: 'waits for itself' }));
  return [...mistakes.filter((mistake) => mistake !== false), ...cycles];
}

function isItsOwnPrerequisite(type: string, after: NonNullable<OrderRules['after']>): boolean {
  const seen = new Set<string>();
  const open = [...prerequisites(type, after)];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next === type) return true;
    if (seen.has(next)) continue;
    seen.add(next);
    open.push(...prerequisites(next, after));
  }
  return false;
}

function prerequisites(type: string, after: NonNullable<OrderRules['after']>): readonly string[] {
  return (Object.hasOwn(after, type) ? after[type] : undefined) ?? [];
}

function checkHandlers(handlers: unknown, sources: unknown): readonly Mistake[] {
  if (!isObject(handlers))
    return [{ path: 'handlers', message: 'must be an object of handlers by source/type' }];
  const known = isObject(sources) ? sources : {};
  return Object.entries(handlers).flatMap(([key, handler]) => {
    const path = `handlers["${key}"]`;
    const pattern = parsePattern(key);
    const mistakes: (Mistake | false)[] = [
      pattern === undefined && { path, message: 'must be source/type, source/prefix* or source/*' },
      pattern !== undefined &&
        !Object.hasOwn(known, pattern.source) && { path, message: `there is no source "${pattern.source}"` },
      typeof handler !== 'function' && { path, message: 'must be a function' },
    ];
    return mistakes.filter((mistake) => mistake !== false);
  });
}

function shapeMistakes(schema: z.ZodType, value: unknown, path: string): readonly Mistake[] {
  const result = schema.safeParse(value, { reportInput: true });
  return result.success ? [] : result.error.issues.flatMap((issue) => describe(issue, path));
}

function describe(issue: z.core.$ZodIssue, path: string): readonly Mistake[] {
  const here = [path, ...issue.path.map(String)].join('.');
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ path: `${here}.${key}`, message: 'is no option' }));
  }
  return [{ path: here, message: issue.input === undefined ? 'is missing' : issue.message }];
}
