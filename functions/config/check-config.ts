import * as z from 'zod';
import type { Mistake } from '../api/config-error.ts';
import type { ConfigInput } from './config.ts';
import { sourceDefaults } from '../sources/define-source.ts';
import { isObject } from '../body/path.ts';
import type { OrderRules, Source } from '../sources/source.ts';
import { longestDelaySeconds } from '../sources/longest-delay.ts';
import { sourceName, sourceSchema, wholeNumber } from '../sources/source-schema.ts';

const processorSchema = z.strictObject({
  // No attempt begins with less than two seconds of its lease left: under three, none ever would.
  timeoutSeconds: wholeNumber(3, 900).optional(),
  maxConcurrency: wholeNumber(2, 1000).optional(),
});

/** Names of tables and functions end up in those of AWS's resources, with a prefix before them. */
const resourceName = /^[a-z][a-z0-9-]{0,39}$/;
const ownTables = ['ledger', 'state'];
const ownFunctions = ['ingest', 'processor', 'dead-letter', 'sweeper', 'ops'];
const ownPaths = ['webhooks', 'events', 'health', 'ops', 'payloads', 'console', 'docs'];

const attributeName = z
  .string('must be the name of an attribute')
  .min(1, 'must be the name of an attribute')
  .max(255, 'must be at most 255 characters');

/** Every mistake of a configuration, by path; empty where there is none. Trusts nothing of its types: a user may write JavaScript. */
export function checkConfig(input: ConfigInput): readonly Mistake[] {
  if (!isObject(input)) return [{ path: 'config', message: 'must be an object' }];
  const unknownKeys = Object.keys(input).filter((key) => !options.includes(key));
  return [
    ...unknownKeys.map((key) => ({
      path: key,
      message: key === 'handlers' ? 'is what defineHandlers in a file of its own is for' : 'is no option',
    })),
    ...checkSources(input.sources),
    ...checkTables(input.tables),
    ...checkFunctions(input.functions, input.tables),
    ...(input.processor === undefined ? [] : shapeMistakes(processorSchema, input.processor, 'processor')),
  ];
}

const options = ['sources', 'subscribers', 'tables', 'functions', 'processor'];

export const isByName = (value: unknown): value is Readonly<Record<string, unknown>> =>
  isObject(value) && !Array.isArray(value);

function checkSources(sources: unknown): readonly Mistake[] {
  if (!isByName(sources)) return [{ path: 'sources', message: 'must be an object of sources by name' }];
  return Object.entries(sources).flatMap(([name, source]) => {
    const path = `sources.${name}`;
    const nameMistakes = sourceName.test(name)
      ? []
      : [{ path, message: 'a source is named with lower-case letters, digits and dashes, at most 63' }];
    const shape = shapeMistakes(sourceSchema, source, path);
    return [...nameMistakes, ...shape, ...checkRules(soundOptions(source), path, sources)];
  });
}

/** The options of a source that are right by themselves, so that a mistake in one hides none between the others. */
export function soundOptions(source: unknown): SoundOptions {
  if (!isObject(source)) return sourceDefaults;
  const { error } = sourceSchema.safeParse(source);
  const wrong = new Set(error?.issues.map(({ path: [option] }) => option));
  const sound = Object.entries(source).filter(([option]) => !wrong.has(option));
  return { ...sourceDefaults, ...Object.fromEntries(sound) };
}

type SoundOptions = Omit<Source, 'verify' | 'id'> & Partial<Source>;

export function checkRules(source: SoundOptions, path: string, sources: object): readonly Mistake[] {
  const { verify, holdForSeconds, onExhausted, publicUrl, order, lane, retry, secrets, breaker, execution } =
    source;
  const mistakes: (Mistake | false)[] = [
    ...(verify?.problems ?? []).map((message) => ({ path: `${path}.verify`, message })),
    verify?.needsPublicUrl === true &&
      publicUrl === undefined && {
        path: `${path}.publicUrl`,
        message: 'is needed: the sender signs the address',
      },
    holdForSeconds !== undefined &&
      onExhausted !== 'hold' && { path: `${path}.holdForSeconds`, message: "needs onExhausted: 'hold'" },
    breaker !== undefined &&
      execution === 'at-most-once' && {
        path: `${path}.breaker`,
        message: 'needs attempts that are retried: at-most-once has one, which a probe would use up',
      },
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
  { retry, holdForSeconds, order, retentionDays }: SoundOptions,
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

const tableSchema = z.strictObject({
  partitionKey: attributeName,
  sortKey: attributeName.optional(),
  timeToLive: attributeName.optional(),
});

function checkTables(tables: unknown): readonly Mistake[] {
  if (tables === undefined) return [];
  if (!isByName(tables)) return [{ path: 'tables', message: 'must be an object of tables by name' }];
  return Object.entries(tables).flatMap(([name, table]) => {
    const path = `tables.${name}`;
    const mistakes: (Mistake | false)[] = [
      !resourceName.test(name) && {
        path,
        message: 'a table is named with lower-case letters, digits and dashes, at most 40',
      },
      ownTables.includes(name) && { path, message: 'is the name of a table of Hooklane itself' },
    ];
    return [...mistakes.filter((mistake) => mistake !== false), ...shapeMistakes(tableSchema, table, path)];
  });
}

const functionSchema = z.strictObject({
  entry: z.string('must be a file').min(1, 'must be a file'),
  routes: z
    .array(z.string().regex(/^(ANY|DELETE|GET|PATCH|POST|PUT) \/\S*$/, 'must be as GET /orders/{id}'))
    .optional(),
  tables: z.array(z.string()).optional(),
  timeoutSeconds: wholeNumber(1, 900).optional(),
  memoryMb: wholeNumber(128, 10_240).optional(),
});

function checkFunctions(functions: unknown, tables: unknown): readonly Mistake[] {
  if (functions === undefined) return [];
  if (!isByName(functions)) return [{ path: 'functions', message: 'must be an object of functions by name' }];
  const known = isObject(tables) ? tables : {};
  const taken = new Map<string, string>();
  return Object.entries(functions).flatMap(([name, options]) => {
    const path = `functions.${name}`;
    const mistakes: (Mistake | false)[] = [
      !resourceName.test(name) && {
        path,
        message: 'a function is named with lower-case letters, digits and dashes, at most 40',
      },
      ownFunctions.includes(name) && { path, message: 'is the name of a function of Hooklane itself' },
    ];
    const { tables: used, routes } = isObject(options) ? options : {};
    for (const [at, table] of texts(used)) {
      mistakes.push(
        !Object.hasOwn(known, table) && {
          path: `${path}.tables.${at}`,
          message: `there is no table "${table}"`,
        },
      );
    }
    for (const [at, route] of texts(routes)) {
      const [, first = ''] = /^\S+ \/([^/]*)/.exec(route) ?? [];
      mistakes.push(
        ownPaths.includes(first) && { path: `${path}.routes.${at}`, message: `/${first} is Hooklane's own` },
        taken.has(route) && {
          path: `${path}.routes.${at}`,
          message: `is a route of "${taken.get(route) ?? ''}" too`,
        },
      );
      taken.set(route, name);
    }
    return [
      ...mistakes.filter((mistake) => mistake !== false),
      ...shapeMistakes(functionSchema, options, path),
    ];
  });
}

/** Those of a list that are texts, with their places in it. */
const texts = (list: unknown): readonly (readonly [number, string])[] =>
  Array.isArray(list)
    ? [...list.entries()].filter((entry): entry is [number, string] => typeof entry[1] === 'string')
    : [];

export function shapeMistakes(schema: z.ZodType, value: unknown, path: string): readonly Mistake[] {
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
