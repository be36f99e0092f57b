import * as z from 'zod';
import { readBreaker } from '../../lane/breakers.ts';
import { readGate } from '../../lane/gates.ts';
import type { Source } from '../../sources/source.ts';
import { found, problem } from '../answer.ts';
import { breakerSchema, breakerView } from '../breaker-view.ts';
import type { OperationsDeps } from '../deps.ts';
import { budgetOf } from '../lists/budget.ts';
import { cursorOf } from '../lists/cursor.ts';
import { eventsByTime } from '../lists/events-by-time.ts';
import { rejectionStream } from '../lists/rejection-stream.ts';
import { route } from '../route.ts';
import { cursorParameter, limit, pageOf, sourceFilter, time } from '../wire.ts';

/** What is searched for, back from now. */
const newest = ['lastEvent', 'lastRefusal', 'lastHandshake'] as const;

const sourceViewSchema = z
  .object({
    source: z.string(),
    subscriberOf: z
      .string()
      .optional()
      .meta({ description: 'Of a subscriber: its source, which has path, secret and refusals' }),
    provider: z
      .object({ name: z.string(), title: z.string(), page: z.string(), secret: z.string() })
      .optional()
      .meta({
        description:
          'Of a preset: its name, the provider, its page about the signature, and what the secret is called there',
      }),
    path: z
      .string()
      .optional()
      .meta({ examples: ['/webhooks/payments'] }),
    isForIam: z.boolean().meta({ description: 'For services that sign for IAM, at `/events/{source}`' }),
    secret: z
      .object({
        name: z.string().meta({ description: 'Of the source whose secret it is' }),
        isPresent: z.boolean().meta({ description: 'Whether it has a value; the value is never told' }),
        changedAt: time.optional(),
      })
      .optional()
      .meta({ description: 'Absent where requests are verified without one' }),
    paused: z
      .object({ since: time, actor: z.string(), reason: z.string() })
      .optional()
      .meta({ description: 'Absent where it is not' }),
    breaker: breakerSchema.optional(),
    onExhausted: z.enum(['continue', 'hold']),
    execution: z.enum(['at-least-once', 'at-most-once']),
    retentionDays: z.int(),
    lastEvent: z
      .object({ eventId: z.string(), acceptedAt: time })
      .optional()
      .meta({ description: 'The newest one, of the last 30 days' }),
    lastRefusal: z
      .object({ at: time, cause: z.string(), status: z.int(), ip: z.string() })
      .optional()
      .meta({ description: 'The newest one, of the last seven days' }),
    lastHandshake: time.optional().meta({ description: 'Of the last seven days' }),
    unfinished: z.array(z.enum(newest)).optional().meta({
      description:
        'Which of these were not found before the search had cost what it may, so that there may be one. Of the others that are absent there is none',
    }),
  })
  .meta({ description: 'A source of the configuration, and how it is doing' });

/** As JSON has it: what the console reads. */
export type SourceOnWire = z.input<typeof sourceViewSchema>;

type SourceView = z.output<typeof sourceViewSchema>;

export const sourcesList = route(
  {
    method: 'GET',
    path: '/ops/sources',
    name: 'listSources',
    tag: 'sources',
    summary: 'The sources of the configuration: last event, last refusal, whether the secret is there',
    query: z.strictObject({ source: sourceFilter, limit: limit(100, 25), cursor: cursorParameter }),
    answer: pageOf(sourceViewSchema),
    problems: ['unknown-source', 'invalid-cursor'],
  },
  async ({ query: { source, limit: most, cursor } }, deps) => {
    if (source !== undefined && !Object.hasOwn(deps.sources, source)) return problem('unknown-source');
    const cursors = cursorOf(z.string(), 'sources', { source });
    const behind = cursor === undefined ? '' : cursors.read(cursor);
    if (behind === undefined) return problem('invalid-cursor');
    const all = Object.entries(deps.sources)
      .filter(([name]) => name > behind && (source ?? name) === name)
      .sort(([a], [b]) => (a < b ? -1 : 1));
    const page = all.slice(0, most);
    const items = await Promise.all(page.map(([name, source]) => viewOf(name, source, deps)));
    const last = page.at(-1);
    return found({ items, ...(all.length > most && last && { cursor: cursors.write(last[0]) }) });
  },
);

const dayMs = 24 * 3_600_000;
/** Of one search: unlike a page of a list it is not gone on with. */
const patience = { requests: 1200, ms: 2000 } as const;

async function viewOf(name: string, source: Source, deps: OperationsDeps): Promise<SourceView> {
  const owner = source.secrets ?? name;
  const { subscriberOf } = source;
  const [secret, gate, breaker, event, refused] = await Promise.all([
    source.verify.needsSecret && subscriberOf === undefined ? deps.secretOf(owner) : undefined,
    readGate(name, deps),
    readBreaker(name, deps, { isConsistent: true }),
    newestEvent(name, deps),
    subscriberOf === undefined ? newestRejections(name, deps) : nothing,
  ]);
  const unfinished = [...event.unfinished, ...refused.unfinished];
  const isForIam = source.verify.isIamSigned === true;
  return {
    source: name,
    subscriberOf,
    provider: source.provider,
    ...(subscriberOf === undefined && { path: `/${isForIam ? 'events' : 'webhooks'}/${name}` }),
    isForIam,
    ...(secret && { secret: { name: owner, isPresent: secret.isPresent, changedAt: secret.changedAt } }),
    ...(gate?.isPaused === true && {
      paused: { since: gate.at, actor: gate.actor, reason: gate.reason },
    }),
    ...(breaker && { breaker: breakerView(breaker) }),
    onExhausted: source.onExhausted,
    execution: source.execution,
    retentionDays: source.retentionDays,
    ...event.found,
    ...refused.found,
    ...(unfinished.length > 0 && { unfinished }),
  };
}

/** What was found of what is searched for, and what was not before the search ended. */
interface Searched {
  readonly found: Partial<Pick<SourceView, (typeof newest)[number]>>;
  readonly unfinished: readonly (typeof newest)[number][];
}

const nothing: Searched = { found: {}, unfinished: [] };

async function newestEvent(source: string, deps: OperationsDeps): Promise<Searched> {
  const budget = budgetOf(patience, deps.now);
  const now = deps.now().getTime();
  const behind = new Date(now + 1000).toISOString();
  for await (const one of eventsByTime([source], [behind, ''], new Date(now - 30 * dayMs), deps, budget)) {
    if ('key' in one) {
      const { key, acceptedAt } = one;
      const lastEvent = { eventId: key.slice(source.length + 1), acceptedAt: new Date(acceptedAt) };
      return { found: { lastEvent }, unfinished: [] };
    }
    if (budget.isSpent()) return { found: {}, unfinished: ['lastEvent'] };
  }
  return nothing;
}

/** Behind so many refusals no handshake is looked for. */
const mostRead = 500;

async function newestRejections(source: string, deps: OperationsDeps): Promise<Searched> {
  const budget = budgetOf(patience, deps.now);
  const now = deps.now().getTime();
  const from = new Date(now - 7 * dayMs);
  const found: { -readonly [name in keyof Searched['found']]: Searched['found'][name] } = {};
  let read = 0;
  for await (const one of rejectionStream([source], new Date(now + 1000).toISOString(), from, deps, budget)) {
    if ('sk' in one) {
      const { cause, at, status, ip } = one;
      if (cause === 'handshake') found.lastHandshake ??= at;
      else found.lastRefusal ??= { at, cause, status, ip };
    }
    const missing = (['lastRefusal', 'lastHandshake'] as const).filter((name) => !found[name]);
    if (missing.length === 0) break;
    if (++read > mostRead || budget.isSpent()) return { found, unfinished: missing };
  }
  return { found, unfinished: [] };
}
