import type * as z from 'zod';
import { auditSchema } from '../../functions/ops/audit-view.ts';
import { eventSchema } from '../../functions/ops/event-view.ts';
import { laneSchema } from '../../functions/ops/lane-view.ts';
import { numbersSchema } from '../../functions/ops/numbers.ts';
import { jobSchema } from '../../functions/ops/jobs/job.ts';
import { attention } from '../../functions/ops/routes/attention.ts';
import { deadLettersSchema } from '../../functions/ops/routes/dead-letters.ts';
import { events } from '../../functions/ops/routes/events.ts';
import { sourceStateSchema } from '../../functions/ops/routes/gates.ts';
import { jobsList } from '../../functions/ops/routes/jobs.ts';
import { lanesList } from '../../functions/ops/routes/lanes.ts';
import { readPayload } from '../../functions/ops/routes/payload.ts';
import { rejections } from '../../functions/ops/routes/rejections.ts';
import { actedOnSchema } from '../../functions/ops/routes/repairs.ts';
import { sourcesList } from '../../functions/ops/routes/sources.ts';

/** One operation of the API, as a client knows it. */
export interface KnownOperation<Answer extends z.ZodType = z.ZodType> {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly answer: Answer;
}

const get = <Answer extends z.ZodType>(path: string, answer: Answer): KnownOperation<Answer> => ({
  method: 'GET',
  path,
  answer,
});
const post = <Answer extends z.ZodType>(path: string, answer: Answer): KnownOperation<Answer> => ({
  method: 'POST',
  path,
  answer,
});

/** Of a route that answers JSON. */
function answerOf<Answer extends z.ZodType>({ answer }: { readonly answer?: Answer }): Answer {
  if (answer === undefined) throw new Error('the route answers no JSON');
  return answer;
}

/** What the client asks, by its `operationId`. A test holds this to the routes of the API: the same paths, the same schemas. */
const table = {
  listAttention: get('/ops/attention', answerOf(attention)),
  readEvent: get('/ops/events/{source}/{eventId}', eventSchema),
  readAudit: get('/ops/events/{source}/{eventId}/audit', auditSchema),
  readLane: get('/ops/lanes/{source}/{entity}', laneSchema),
  redrive: post('/ops/events/{source}/{eventId}/redrive', actedOnSchema),
  replay: post('/ops/events/{source}/{eventId}/replay', actedOnSchema),
  discard: post('/ops/events/{source}/{eventId}/discard', actedOnSchema),
  resolve: post('/ops/events/{source}/{eventId}/resolve', actedOnSchema),
  listEvents: get('/ops/events', answerOf(events)),
  readPayload: get('/payloads/{source}/{eventId}', answerOf(readPayload)),
  listLanes: get('/ops/lanes', answerOf(lanesList)),
  listRejections: get('/ops/rejections', answerOf(rejections)),
  listSources: get('/ops/sources', answerOf(sourcesList)),
  pauseSource: post('/ops/sources/{source}/pause', sourceStateSchema),
  resumeSource: post('/ops/sources/{source}/resume', sourceStateSchema),
  resetBreaker: post('/ops/sources/{source}/reset', sourceStateSchema),
  readStats: get('/ops/stats', numbersSchema),
  readDeadLetters: get('/ops/dead-letters', deadLettersSchema),
  moveDeadLetters: post('/ops/dead-letters/move', deadLettersSchema),
  cancelMove: post('/ops/dead-letters/cancel', deadLettersSchema),
  planJob: post('/ops/jobs', jobSchema),
  listJobs: get('/ops/jobs', answerOf(jobsList)),
  readJob: get('/ops/jobs/{id}', jobSchema),
  runJob: post('/ops/jobs/{id}/run', jobSchema),
  pauseJob: post('/ops/jobs/{id}/pause', jobSchema),
  cancelJob: post('/ops/jobs/{id}/cancel', jobSchema),
  releaseLane: post('/ops/lanes/{source}/{entity}/release', actedOnSchema),
} as const;

export type OperationName = keyof typeof table;
export type AnswerOf<Name extends OperationName> = z.output<(typeof table)[Name]['answer']>;

export const knownOperations: {
  readonly [Name in OperationName]: KnownOperation<z.ZodType<AnswerOf<Name>>>;
} = table;
