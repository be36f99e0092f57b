import * as z from 'zod';

/** Everything that can be wrong with a request, or with what it asks for: RFC 9457, `cause` from this list alone. */
export const problems = {
  'not-found': { status: 404, title: 'Not found', detail: 'There is nothing of this name.' },
  'unknown-event': { status: 404, title: 'Unknown event', detail: 'There never was an event of this id.' },
  'unknown-source': {
    status: 404,
    title: 'Unknown source',
    detail: 'The configuration has no source of this name.',
  },
  'unknown-subscriber': {
    status: 404,
    title: 'Unknown subscriber',
    detail: 'The source has no subscriber of this name, nor has it had one that got what is asked for.',
  },
  'nothing-held': {
    status: 404,
    title: 'Nothing is held',
    detail: 'No event has the turn of this lane, so there is nothing to release.',
  },
  'body-gone': {
    status: 410,
    title: 'The body is gone',
    detail: 'The body of this event has expired; what happened to the event is in its audit.',
  },
  'payload-redacted': {
    status: 403,
    title: 'Only without what is redacted',
    detail:
      'The source redacts its bodies, so that this one is shown as JSON alone; one that is no JSON is not shown.',
  },
  'payload-too-large': {
    status: 422,
    title: 'Too large for an answer',
    detail:
      'Lambda answers 6 MB at most. The body is in the bucket of bodies, packed by gzip, under the key of its EVENT item.',
  },
  'unknown-job': {
    status: 404,
    title: 'Unknown job',
    detail: 'There is no job of this id; they are kept 90 days.',
  },
  'nothing-matches': {
    status: 422,
    title: 'Nothing matches',
    detail: 'No event that this can be done to matches the filter, so there is no job to make.',
  },
  'job-refused': {
    status: 409,
    title: 'Refused',
    detail: 'The state of the job does not allow this, or somebody else runs it at the moment: see `state`.',
  },
  'move-refused': {
    status: 409,
    title: 'Refused',
    detail: 'One move runs at a time: there is one already, or there is none to stop.',
  },
  'method-not-allowed': {
    status: 405,
    title: 'Method not allowed',
    detail: 'Reads are by GET, actions by POST.',
  },
  'invalid-query': {
    status: 400,
    title: 'The query cannot be used',
    detail: 'A parameter is unknown, or has a value that it does not take: see `errors`.',
  },
  'invalid-cursor': {
    status: 400,
    title: 'The cursor cannot be used',
    detail:
      'A cursor is taken from the answer before, and sent with the same filters. Begin anew without one.',
  },
  'invalid-body': {
    status: 400,
    title: 'The body cannot be used',
    detail:
      'An action takes JSON with a `reason` of 1 to 500 characters, and nothing that it does not name: see `errors`.',
  },
  refused: {
    status: 409,
    title: 'Refused',
    detail: 'The state that the event is in does not allow this, or its body has expired: see its audit.',
  },
  'nothing-to-change': {
    status: 409,
    title: 'Nothing to change',
    detail:
      'A source that is paused cannot be paused, one that is not cannot be resumed, and a breaker that stops nothing cannot be reset.',
  },
  'ledger-unreachable': {
    status: 503,
    title: 'Temporarily unavailable',
    detail: 'The ledger cannot be reached at the moment.',
  },
} as const satisfies Readonly<
  Record<string, { readonly status: number; readonly title: string; readonly detail: string }>
>;

export type ProblemCause = keyof typeof problems;

const problemCauses = Object.keys(problems) as ProblemCause[];

/** What is wrong with one part of a request, as the schema says it. */
const invalidPart = z.object({
  at: z.string().meta({ description: 'The parameter, or the path in the body', examples: ['limit'] }),
  message: z.string(),
});
export type InvalidPart = z.infer<typeof invalidPart>;

export const problemSchema = z
  .object({
    type: z.string().meta({ examples: ['urn:hooklane:problem:unknown-event'] }),
    status: z.int().min(400).max(599),
    title: z.string(),
    detail: z.string(),
    cause: z.enum(problemCauses),
    state: z.string().optional().meta({ description: 'Of a refusal: the state that the event is in' }),
    errors: z.array(invalidPart).optional(),
  })
  .meta({ description: 'RFC 9457' });
