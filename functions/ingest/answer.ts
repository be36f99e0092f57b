import { isFinal } from '../ledger/entry.ts';
import type { Log } from '../api/handler.ts';
import type { Answer } from '../api/answer.ts';
import { problemDocument, problemType } from '../runtime/problem-document.ts';
import type { Outcome, Refused, TakenEvent } from './outcome.ts';
import { problemCause, problems, type ProblemCause } from './problem.ts';

export interface AnswerContext {
  readonly correlationId: string;
  readonly processingTimeMs: number;
  /** The source's wish. */
  readonly emptyRefusals?: boolean;
  /** By which the source's events are delivered. */
  readonly methods?: readonly string[];
  readonly log: Log;
}

type Taken = Extract<Outcome, { kind: 'taken' }>;

/** The one place that says what an outcome is in HTTP. Every answer names its correlation id. */
export function answer(outcome: Outcome, context: AnswerContext): Answer {
  const { status, headers = {}, body } = answerOf(outcome, context);
  return {
    status,
    headers: { ...headers, 'x-correlation-id': context.correlationId },
    ...(body === undefined ? {} : { body }),
  };
}

function answerOf(outcome: Outcome, context: AnswerContext): Answer {
  switch (outcome.kind) {
    case 'refused':
      return context.emptyRefusals === true ? empty(refusal(outcome, context)) : refusal(outcome, context);
    case 'unavailable': {
      const { because } = outcome;
      const cause = because === 'failure' ? 'internal-error' : (`${because}-unreachable` as const);
      return problem(cause, context, { 'retry-after': String(retryAfterSeconds) });
    }
    case 'handshake':
      return outcome.answer;
    case 'taken':
      return answerOfSource(outcome, standardAnswer(outcome, context), context);
  }
}

/** Long enough for a short outage, short enough for a sender that gives up after a few tries. */
const retryAfterSeconds = 5;

function refusal({ cause, issues, limit }: Refused, context: AnswerContext): Answer {
  if (limit) {
    const { retryAfterSeconds: seconds, windowSeconds } = limit;
    const rate = { retry_after: seconds, limit: limit.limit, window: windowSeconds };
    return problem('rate-limited', context, { 'retry-after': String(seconds) }, rate);
  }
  const headers: Record<string, string> =
    cause === 'method-not-allowed' ? { allow: (context.methods ?? ['POST']).join(', ') } : {};
  return problem(problemCause(cause), context, headers, issues && { errors: issues });
}

function empty({ status, headers = {} }: Answer): Answer {
  const kept = Object.entries(headers).filter(([name]) => name !== 'content-type');
  return { status, headers: Object.fromEntries(kept) };
}

function problem(
  cause: ProblemCause,
  { correlationId }: AnswerContext,
  headers: Readonly<Record<string, string>> = {},
  more: Readonly<Record<string, unknown>> = {},
): Answer {
  return {
    status: problems[cause].status,
    headers: { ...headers, 'content-type': problemType },
    body: problemDocument(cause, problems[cause], { correlationId, ...more }),
  };
}

/** Lambda answers 6 MB, of the body as text within JSON; headers and the rest need room. */
const mostAnsweredBytes = 5_500_000;

/** A result may be 4 KB, and Lambda answers 6 MB: a sender whose answer does not fit would come again for ever. */
const mostWithResults = 100;

function standardAnswer({ sourceName, source, events }: Taken, context: AnswerContext): Answer {
  const { correlationId, processingTimeMs } = context;
  const common = { correlationId, processingTimeMs };
  const [only] = events;
  // Of several events each has an outcome; none at all is a sender's heartbeat.
  if (events.length !== 1 || !only) {
    const isLong = events.length > mostWithResults;
    const outcomes = events.map((event) => eventAnswer(isLong ? { ...event, result: undefined } : event));
    return { status: 202, body: { status: 'accepted', source: sourceName, events: outcomes, ...common } };
  }
  const status = only.status === 'duplicate' ? source.duplicates.status : 202;
  return { status, body: { ...eventAnswer(only), source: sourceName, ...common } };
}

/** `cached`: the event is at its end, and `result` is what it gave then. */
function eventAnswer({
  status,
  eventId,
  lane,
  state,
  result,
}: TakenEvent): Readonly<Record<string, unknown>> {
  return {
    status,
    eventId,
    lane,
    ...(state === undefined ? {} : { state }),
    ...(state !== undefined && isFinal(state) ? { cached: true, result } : {}),
  };
}

/** A source's own answer, where it has one. The events are taken by now: a mistake in `respond` must not make the sender come again. */
function answerOfSource(
  { source, events, body, headers }: Taken,
  standard: Answer,
  context: AnswerContext,
): Answer {
  if (!source.respond) return standard;
  const { correlationId, processingTimeMs } = context;
  try {
    const own = source.respond({ events, correlationId, processingTimeMs, body, headers, standard });
    // What cannot be sent is one too: no status, a body that is no JSON, or one that Lambda does not answer.
    if (!Number.isInteger(own.status) || own.status < 200 || own.status > 599) throw new Error('no status');
    const asText = JSON.stringify(JSON.stringify(own.body)) as string | undefined;
    if (Buffer.byteLength(asText ?? '') > mostAnsweredBytes) throw new Error('the body is too large');
    return own;
  } catch (error) {
    context.log.error('respond of the source threw; the standard answer was given', {
      reason: String(error),
    });
    return standard;
  }
}
