import * as z from 'zod';
import type { NewNote } from '../../ledger/note.ts';
import { found, problem, type Answer } from '../answer.ts';
import { auditSchema, auditView } from '../audit-view.ts';
import type { OperationsDeps } from '../deps.ts';
import { jobActions, jobFilterSchema, jobSchema, type Job } from '../jobs/job.ts';
import { jobKey, readJob, readJobs, writeJob } from '../jobs/job-store.ts';
import { planJob } from '../jobs/plan-job.ts';
import { runJob } from '../jobs/run-job.ts';
import { cursorOf } from '../lists/cursor.ts';
import { newestThatFit } from '../newest-that-fit.ts';
import { route, type Route } from '../route.ts';
import { because, cursorParameter, limit, pageOf, reason } from '../wire.ts';

const planned = z
  .strictObject({
    reason,
    action: z.enum(jobActions),
    filter: jobFilterSchema,
    all: z.literal(true).optional().meta({ description: 'Needed where the filter names nothing' }),
    ratePerSecond: z.int().min(1).max(100).default(20).meta({ description: 'The most events in a second' }),
  })
  .refine(({ filter, all }) => all === true || Object.keys(filter).length > 0, {
    path: ['filter'],
    message: 'names nothing, so it matches everything: say `"all": true` if that is meant',
  })
  .refine(
    ({ action, filter: { from, to } }) => action !== 'replay' || (from !== undefined && to !== undefined),
    {
      path: ['filter'],
      message: 'a replay takes a range of time, `from` and `to`',
    },
  )
  .refine(({ filter: { state } }) => state === undefined || state !== 'pending', {
    path: ['filter', 'state'],
    message: 'there is nothing that can be done to what is pending',
  });

const planRoute = route(
  {
    method: 'POST',
    path: '/ops/jobs',
    name: 'planJob',
    tag: 'jobs',
    summary:
      'Plan the same for many events: what matches now is counted and written down, nothing is done yet',
    description:
      'Without a state in the filter it is what failed or is quarantined, and for a replay what was processed. Events that come to match later, ' +
      'be it by the job itself, are not part of it.',
    body: planned,
    answer: jobSchema,
    problems: ['nothing-matches', 'unknown-source'],
  },
  async ({ body: { all: _all, ...asked }, actor }, deps) => {
    const { source } = asked.filter;
    if (source !== undefined && !Object.hasOwn(deps.sources, source)) return problem('unknown-source');
    const stored = await planJob({ ...asked, actor }, deps);
    return stored === undefined ? problem('nothing-matches') : shown(stored.job);
  },
);

export const jobsList = route(
  {
    method: 'GET',
    path: '/ops/jobs',
    name: 'listJobs',
    tag: 'jobs',
    summary: 'Jobs, the newest first; kept 90 days',
    query: z.strictObject({ limit: limit(100, 25), cursor: cursorParameter }),
    answer: pageOf(jobSchema),
    problems: ['invalid-cursor'],
  },
  async ({ query: { limit: most, cursor } }, deps) => {
    const cursors = cursorOf(z.string(), 'jobs', {});
    const behind = cursor === undefined ? undefined : cursors.read(cursor);
    if (cursor !== undefined && behind === undefined) return problem('invalid-cursor');
    const { jobs, more } = await readJobs(most, behind, deps);
    const last = jobs.at(-1);
    return found({
      items: jobs.map((job) => z.encode(jobSchema, job)),
      ...(more && last && { cursor: cursors.write(last.id) }),
    });
  },
);

const readRoute = route(
  {
    method: 'GET',
    path: '/ops/jobs/{id}',
    name: 'readJob',
    tag: 'jobs',
    summary: 'A job: its plan, and how far it has come',
    answer: jobSchema,
    problems: ['unknown-job'],
  },
  async ({ named: { id } }, deps) => {
    const stored = await readJob(id, deps);
    return stored === undefined ? problem('unknown-job') : shown(stored.job);
  },
);

const auditRoute = route(
  {
    method: 'GET',
    path: '/ops/jobs/{id}/audit',
    name: 'readJobAudit',
    tag: 'jobs',
    summary: 'Who planned, ran, paused and cancelled a job, and why, oldest first',
    description: 'What it did to an event is in the audit of that event, with the id of the job.',
    answer: auditSchema,
    problems: ['unknown-job'],
  },
  async ({ named: { id } }, { ledger }) => {
    const record = await ledger.readWithNotes(jobKey(id));
    const story = auditView(record);
    const items = newestThatFit(story);
    return story.length === 0
      ? problem('unknown-job')
      : found({ items, more: record.more || items.length < story.length });
  },
);

const runRoute = route(
  {
    method: 'POST',
    path: '/ops/jobs/{id}/run',
    name: 'runJob',
    tag: 'jobs',
    summary: 'Go on with a job for a few seconds, also with a paused one: ask again until it is finished',
    body: because,
    answer: jobSchema,
    problems: ['unknown-job', 'job-refused'],
  },
  async ({ named: { id }, body: { reason }, actor }, deps) => {
    const stored = await readJob(id, deps);
    if (stored === undefined) return problem('unknown-job');
    const { kind, job } = await runJob(stored, { actor, reason }, deps);
    return kind === 'ran' ? shown(job) : problem('job-refused', { state: job.state });
  },
);

const stopRoute = (name: 'pause' | 'cancel', state: 'paused' | 'cancelled', summary: string): Route =>
  route(
    {
      method: 'POST',
      path: `/ops/jobs/{id}/${name}`,
      name: `${name}Job`,
      tag: 'jobs',
      summary,
      body: because,
      answer: jobSchema,
      problems: ['unknown-job', 'job-refused'],
    },
    async ({ named: { id }, body, actor }, deps) => await stop(id, { what: state, actor, ...body }, deps),
  );

export const jobRoutes: readonly Route[] = [
  planRoute,
  jobsList,
  readRoute,
  auditRoute,
  runRoute,
  stopRoute('pause', 'paused', 'Stop a job after the events that it is at; it can be gone on with'),
  stopRoute('cancel', 'cancelled', 'Stop a job for good after the events that it is at'),
];

/** Whoever runs the job writes its progress every few events, so this may have to be tried again. */
const mostTries = 10;

async function stop(
  id: string,
  note: NewNote & { readonly what: 'paused' | 'cancelled' },
  deps: OperationsDeps,
): Promise<Answer> {
  for (let tries = 0; tries < mostTries; tries++) {
    const stored = await readJob(id, deps);
    if (stored === undefined) return problem('unknown-job');
    const { job } = stored;
    if (job.state === 'cancelled' || job.state === 'finished')
      return problem('job-refused', { state: job.state });
    const written = await writeJob(stored, { ...job, state: note.what, changedAt: deps.now() }, deps, note);
    if (written !== undefined) return shown(written.job);
  }
  return problem('job-refused', { state: 'running' });
}

const shown = (job: Job): Answer => found(z.encode(jobSchema, job));
