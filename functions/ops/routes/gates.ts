import * as z from 'zod';
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
    state: z.enum(['open', 'paused']),
    since: time
      .optional()
      .meta({ description: 'When it was paused, or resumed. Absent, with what follows, where it never was' }),
    actor: z.string().optional(),
    reason: z.string().optional(),
  })
  .meta({ description: 'Whether the events of a source run, or wait in their lanes' });

type SourceView = z.output<typeof sourceStateSchema>;

const sourceView = (source: string, gate: Gate | undefined): SourceView => ({
  source,
  state: gate?.isPaused === true ? 'paused' : 'open',
  since: gate?.at,
  actor: gate?.actor,
  reason: gate?.reason,
});

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
      summary: 'Whether a source is paused, since when, by whom and why',
      answer: sourceStateSchema,
      problems: ['unknown-source'],
    },
    async ({ named: { source } }, deps) => {
      if (!Object.hasOwn(deps.sources, source)) return problem('unknown-source');
      return found(sourceView(source, await readGate(source, deps)));
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
