import * as z from 'zod';
import { parseEventKey } from '../../ledger/keys.ts';
import {
  discard,
  redrive,
  release,
  replay,
  resolve,
  type Action,
  type ActOutcome,
  type RepairDeps,
} from '../../lane/repair.ts';
import { found, problem, type Answer } from '../answer.ts';
import type { OperationsDeps } from '../deps.ts';
import { stateSchema } from '../event-view.ts';
import type { ProblemCause } from '../problem.ts';
import { route, type Route } from '../route.ts';
import { because } from '../wire.ts';

export const actedOnSchema = z
  .object({ source: z.string(), eventId: z.string(), state: stateSchema })
  .meta({ description: 'What was acted on, and the state that it is in now' });

const actions = { redrive, replay, discard, resolve } as const;
type ActionName = keyof typeof actions;

const summaries: Readonly<Record<ActionName, string>> = {
  redrive: 'Run a failed, quarantined or retrying event again now, under the same idempotency key',
  replay: 'Run a processed or ignored event again on purpose, under a new idempotency key',
  discard: 'Give an event up: it never runs again, and its lane goes on without it',
  resolve: 'Close an event whose effect is there: it counts as having happened, and its lane goes on',
};

const onEvent = (name: ActionName): Route =>
  route(
    {
      method: 'POST',
      path: `/ops/events/{source}/{eventId}/${name}`,
      name,
      tag: 'events',
      takesSubscriber: true,
      summary: summaries[name],
      body: because,
      answer: actedOnSchema,
      problems: ['unknown-event', 'unknown-source', 'refused'],
    },
    async ({ named: { source, eventId }, body, actor }, deps) =>
      await act({ source, eventId, actor, ...body }, actions[name], 'unknown-event', deps),
  );

export const repairs: readonly Route[] = [
  onEvent('redrive'),
  onEvent('replay'),
  onEvent('discard'),
  onEvent('resolve'),
  route(
    {
      method: 'POST',
      path: '/ops/lanes/{source}/{entity}/release',
      name: 'releaseLane',
      tag: 'lanes',
      takesSubscriber: true,
      summary: 'Take the turn of a held lane from the event it rests on: those that wait go on without it',
      body: because,
      answer: actedOnSchema,
      problems: ['nothing-held', 'unknown-source', 'refused'],
    },
    async ({ named: { source, entity }, body, actor }, deps) =>
      await act({ source, eventId: entity, actor, ...body }, releaseLane, 'nothing-held', deps),
  ),
];

const releaseLane = ({ eventId: entity, ...action }: Action, deps: RepairDeps): Promise<ActOutcome> =>
  release({ ...action, lane: `${action.source}#${entity}` }, deps);

async function act(
  action: Action,
  doIt: (action: Action, deps: RepairDeps) => Promise<ActOutcome>,
  whereNone: ProblemCause,
  deps: OperationsDeps,
): Promise<Answer> {
  if (!Object.hasOwn(deps.sources, action.source)) return problem('unknown-source');
  const outcome = await doIt(action, deps);
  switch (outcome.kind) {
    case 'refused':
      return problem('refused', { state: outcome.state });
    case 'done':
      deps.log.info('repaired', { event: outcome.event, state: outcome.state, actor: action.actor });
      return found({ ...parseEventKey(outcome.event), state: outcome.state });
    case 'not-found':
      return problem(whereNone);
  }
}
