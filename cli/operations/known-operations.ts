import type * as z from 'zod';
import { attentionSchema } from '../../functions/ops/attention-list.ts';
import { auditSchema } from '../../functions/ops/audit-view.ts';
import { eventSchema } from '../../functions/ops/event-view.ts';
import { laneSchema } from '../../functions/ops/lane-view.ts';
import { actedOnSchema } from '../../functions/ops/routes/repairs.ts';

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

/** What the client asks, by its `operationId`. A test holds this to the routes of the API: the same paths, the same schemas. */
const table = {
  listAttention: get('/ops/attention', attentionSchema),
  readEvent: get('/ops/events/{source}/{eventId}', eventSchema),
  readAudit: get('/ops/events/{source}/{eventId}/audit', auditSchema),
  readLane: get('/ops/lanes/{source}/{entity}', laneSchema),
  redrive: post('/ops/events/{source}/{eventId}/redrive', actedOnSchema),
  replay: post('/ops/events/{source}/{eventId}/replay', actedOnSchema),
  discard: post('/ops/events/{source}/{eventId}/discard', actedOnSchema),
  resolve: post('/ops/events/{source}/{eventId}/resolve', actedOnSchema),
  releaseLane: post('/ops/lanes/{source}/{entity}/release', actedOnSchema),
} as const;

export type OperationName = keyof typeof table;
export type AnswerOf<Name extends OperationName> = z.output<(typeof table)[Name]['answer']>;

export const knownOperations: {
  readonly [Name in OperationName]: KnownOperation<z.ZodType<AnswerOf<Name>>>;
} = table;
