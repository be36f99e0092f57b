import * as z from 'zod';
import type { Breaker } from '../../lane/breaker.ts';
import { readBreaker } from '../../lane/breakers.ts';
import { readGate } from '../../lane/gates.ts';
import { sourceKey, type Gate } from '../../lane/gate.ts';
import { pause, resume } from '../../lane/pause.ts';
import { found, problem } from '../answer.ts';
import { auditSchema, auditView } from '../audit-view.ts';
import { newestThatFit } from '../newest-that-fit.ts';
import { route, type Route } from '../route.ts';
import { because, time } from '../wire.ts';

export const sourceStateSchema = z
  .object({
    source: z.string(),
    state: z.enum(['open', 'paused', 'tripped']).meta({
      description:
        '`tripped`: so many attempts failed in a row that one event at a time is tried, until one goes well',
    }),
    since: time.optional().meta({
      description: 'When it was paused, resumed, or tripped. Absent, with what follows, where it never was',
    }),
    actor: z.string().optional(),
    reason: z.string().optional(),
  })
  .meta({ description: 'Whether the events of a source run, or wait in their lanes' });

type SourceView = z.output<typeof sourceStateSchema>;

function sourceView(source: string, gate: Gate | undefined, breaker?: Breaker): SourceView {
  if (gate?.isPaused !== true && breaker?.trippedAt !== undefined) {
    return {
      source,
      state: 'tripped',
      since: breaker.trippedAt,
      actor: undefined,
      reason: `${breaker.failures} failures in a row; the next probe is due at ${breaker.probeAt?.toISOString() ?? 'once'}`,
    };
  }
  return {
    source,
    state: gate?.isPaused === true ? 'paused' : 'open',
    since: gate?.at,
    actor: gate?.actor,
    reason: gate?.reason,
  };
}

const actions = { pause, resume } as const;

const summaries = {
  pause: 'Let the events of a source wait in their lanes; they are accepted and stored as ever',
  resume: 'Let each lane of a paused source go on, in its order',
} as const;

const change = (name: keyof typeof actions): Route =>
  route(
    {
      method: 'POST',
      path: `/ops/sources/{source}/${name}`,
      name: `${name}Source`,
      tag: 'sources',
      summary: summaries[name],
      body: because,
      answer: sourceStateSchema,
      problems: ['unknown-source', 'nothing-to-change'],
    },
    async ({ named: { source }, body, actor }, deps) => {
      const outcome = await actions[name]({ source, actor, ...body }, deps);
      switch (outcome.kind) {
        case 'not-found':
          return problem('unknown-source');
        case 'refused':
          return problem('nothing-to-change');
        case 'done':
          return found(sourceView(source, outcome.gate));
      }
    },
  );

export const gates: readonly Route[] = [
  change('pause'),
  change('resume'),
  route(
    {
      method: 'GET',
      path: '/ops/sources/{source}',
      name: 'readSource',
      tag: 'sources',
      summary: 'Whether a source is paused, or its breaker tripped, since when, by whom and why',
      answer: sourceStateSchema,
      problems: ['unknown-source'],
    },
    async ({ named: { source } }, deps) => {
      if (!Object.hasOwn(deps.sources, source)) return problem('unknown-source');
      const [gate, breaker] = await Promise.all([readGate(source, deps), readBreaker(source, deps)]);
      return found(sourceView(source, gate, breaker));
    },
  ),
  route(
    {
      method: 'GET',
      path: '/ops/sources/{source}/audit',
      name: 'readSourceAudit',
      tag: 'sources',
      summary: 'What was done to a source as a whole, oldest first',
      answer: auditSchema,
      problems: ['unknown-source'],
    },
    async ({ named: { source } }, deps) => {
      if (!Object.hasOwn(deps.sources, source)) return problem('unknown-source');
      const record = await deps.ledger.readWithNotes(sourceKey(source));
      const story = auditView(record);
      const items = newestThatFit(story);
      return found({ items, more: record.more || items.length < story.length });
    },
  ),
];
