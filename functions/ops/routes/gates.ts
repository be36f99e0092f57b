import * as z from 'zod';
import { isClosed, type Breaker } from '../../lane/breaker.ts';
import { readBreaker } from '../../lane/breakers.ts';
import { readGate } from '../../lane/gates.ts';
import { sourceKey, type Gate } from '../../lane/gate.ts';
import { pause, resume } from '../../lane/pause.ts';
import { reset } from '../../lane/reset.ts';
import { found, problem } from '../answer.ts';
import { auditSchema, auditView } from '../audit-view.ts';
import { breakerSchema, breakerView } from '../breaker-view.ts';
import type { OperationsDeps } from '../deps.ts';
import { newestThatFit } from '../newest-that-fit.ts';
import { route, type Route } from '../route.ts';
import { because, time } from '../wire.ts';

export const sourceStateSchema = z
  .object({
    source: z.string(),
    state: z.enum(['open', 'paused', 'tripped', 'asked-to-wait']).meta({
      description:
        '`tripped`: so many attempts failed in a row that one event at a time is tried, until one goes well. `asked-to-wait`: by its destination. ' +
        'One that is paused as well is `paused`',
    }),
    since: time.optional().meta({
      description: 'When it was paused, resumed, or tripped. Absent, with what follows, where it never was',
    }),
    actor: z.string().optional(),
    reason: z.string().optional(),
    breaker: breakerSchema.optional(),
  })
  .meta({ description: 'Whether the events of a source run, or wait in their lanes' });

type SourceView = z.output<typeof sourceStateSchema>;

async function readView(source: string, deps: OperationsDeps): Promise<SourceView> {
  const [gate, breaker] = await Promise.all([
    readGate(source, deps),
    readBreaker(source, deps, { isConsistent: true }),
  ]);
  return { source, ...stateOf(gate, breaker, deps.now()), ...(breaker && { breaker: breakerView(breaker) }) };
}

function stateOf(
  gate: Gate | undefined,
  breaker: Breaker | undefined,
  now: Date,
): Omit<SourceView, 'source' | 'breaker'> {
  if (gate?.isPaused !== true && breaker !== undefined && isClosed(breaker, now)) {
    const { trippedAt, failures, probeAt, closedUntil } = breaker;
    if (trippedAt === undefined) {
      return { state: 'asked-to-wait', reason: `until ${closedUntil?.toISOString() ?? 'later'}` };
    }
    const next = probeAt?.toISOString() ?? 'once';
    return {
      state: 'tripped',
      since: trippedAt,
      reason: `${failures} failures in a row; the next probe is due at ${next}`,
    };
  }
  const state = gate?.isPaused === true ? 'paused' : 'open';
  return { state, since: gate?.at, actor: gate?.actor, reason: gate?.reason };
}

const actions = {
  pause: {
    name: 'pauseSource',
    act: pause,
    summary: 'Let the events of a source wait in their lanes; they are accepted and stored as ever',
  },
  resume: {
    name: 'resumeSource',
    act: resume,
    summary: 'Let each lane of a paused source go on, in its order',
  },
  reset: {
    name: 'resetBreaker',
    act: reset,
    summary:
      'Say that the destination of a source is back: its breaker is reset, and its lanes go on, a few more each minute',
  },
} as const;

const change = (action: keyof typeof actions): Route =>
  route(
    {
      method: 'POST',
      path: `/ops/sources/{source}/${action}`,
      name: actions[action].name,
      tag: 'sources',
      takesSubscriber: true,
      summary: actions[action].summary,
      body: because,
      answer: sourceStateSchema,
      problems: ['unknown-source', 'nothing-to-change'],
    },
    async ({ named: { source }, body, actor }, deps) => {
      const outcome = await actions[action].act({ source, actor, ...body }, deps);
      switch (outcome.kind) {
        case 'not-found':
          return problem('unknown-source');
        case 'refused':
          return problem('nothing-to-change');
        case 'done':
          return found(await readView(source, deps));
      }
    },
  );

export const gates: readonly Route[] = [
  change('pause'),
  change('resume'),
  change('reset'),
  route(
    {
      method: 'GET',
      path: '/ops/sources/{source}',
      name: 'readSource',
      tag: 'sources',
      takesSubscriber: true,
      summary: 'Whether a source is paused, or its breaker tripped, since when, by whom and why',
      answer: sourceStateSchema,
      problems: ['unknown-source'],
    },
    async ({ named: { source } }, deps) => {
      if (!Object.hasOwn(deps.sources, source)) return problem('unknown-source');
      return found(await readView(source, deps));
    },
  ),
  route(
    {
      method: 'GET',
      path: '/ops/sources/{source}/audit',
      name: 'readSourceAudit',
      tag: 'sources',
      takesSubscriber: true,
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
