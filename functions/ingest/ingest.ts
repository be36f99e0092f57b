import type { Log } from '../api/handler.ts';
import { measured } from '../runtime/metrics.ts';
import type { Config } from '../config/config.ts';
import { parseBody } from '../body/parse-body.ts';
import { named } from '../ledger/named.ts';
import { readEvents } from '../sources/read-events.ts';
import type { Source } from '../sources/source.ts';
import type { Answer } from '../api/answer.ts';
import { answerHandshake, deliversBy, takesMethod, type HandshakeDeps } from './answer-handshake.ts';
import { answer } from './answer.ts';
import { correlationIdOf } from './correlation-id.ts';
import { contentEncodingOf, delivered, type HttpRequest } from './http-request.ts';
import { countsOf } from './metrics.ts';
import type { Outcome, Refused } from './outcome.ts';
import { problems, type RequestCause } from './problem.ts';
import type { CountRequest, RateVerdict } from './rate-limit.ts';
import type { RejectionLog } from './rejection-log.ts';
import { rejectionOf } from './rejection-of.ts';
import { takeEvents, type TakeEventsDeps } from './take-events.ts';
import { reaching, Unreachable } from './unreachable.ts';
import { verifyRequest } from './verify-request.ts';

export interface IngestDeps extends TakeEventsDeps, HandshakeDeps {
  readonly sources: Config['sources'];
  readonly countRequest: CountRequest;
  readonly rejections: RejectionLog;
  readonly log: Log;
}

/**
 * One request, from its bytes to its answer. A 2xx means that every event of it is in the ledger and its message in the queue; every
 * refusal is audited. Never throws.
 */
export async function ingest(request: HttpRequest, deps: IngestDeps): Promise<Answer> {
  const startedAt = deps.now();
  const correlationId = correlationIdOf(request);
  const source = named(deps.sources, request.sourceName);

  const outcome = await tryToTake(request, source, correlationId, deps);

  const sourceName = source && request.sourceName;
  if (outcome.kind === 'refused' || outcome.kind === 'handshake') {
    await deps.rejections.record(rejectionOf(request, outcome, sourceName, startedAt));
  }
  const processingTimeMs = deps.now().getTime() - startedAt.getTime();
  const answered = answer(outcome, {
    correlationId,
    processingTimeMs,
    emptyRefusals: source?.emptyRefusals === true,
    ...(source && { methods: source.methods }),
    log: deps.log,
  });
  deps.log.info('answered', {
    source: sourceName ?? 'unknown',
    ...(outcome.kind === 'taken' ? {} : { outcome: outcome.kind }),
    ...(outcome.kind === 'refused' ? { cause: outcome.cause } : {}),
    ...(outcome.kind === 'handshake' ? { handshake: outcome.name } : {}),
    status: answered.status,
    correlationId,
    ...(correlationId === request.requestId ? {} : { requestId: request.requestId }),
    ...(outcome.kind === 'taken'
      ? { events: outcome.events.slice(0, mostNamed).map(({ eventId }) => eventId) }
      : { processingTimeMs }),
    ...measured<'ingest'>(countsOf(outcome, processingTimeMs)),
  });
  return answered;
}

/** Of a body with more events the others are found by the correlation id. */
const mostNamed = 10;

/** The steps in their order; the first that does not let the request through decides. */
async function take(
  request: HttpRequest,
  source: Source | undefined,
  correlationId: string,
  deps: IngestDeps,
): Promise<Outcome> {
  const { sourceName } = request;
  if (!source) return refused('unknown-source');
  if ((source.verify.isIamSigned === true) !== (request.caller !== undefined)) return refused('wrong-route');
  if (!takesMethod(request.method, source)) return refused('method-not-allowed');
  if (request.body.byteLength > source.maxBodyBytes) return refused('body-too-large');
  const encoding = contentEncodingOf(request);
  if (encoding !== undefined) return encodedBody(encoding);

  const address = await countFor('ip', request, source, deps);
  if (address.kind === 'over') return { kind: 'refused', cause: 'rate-limited', limit: address.limit };

  const unsigned = await answerHandshake(request, source, 'before-verification', deps);
  if (unsigned) return unsigned;

  const verdict = await verifyRequest(request, source, deps.secrets, deps.now());
  if (!verdict.verified) return refused(verdict.cause);

  const signed = await answerHandshake(request, source, 'after-verification', deps);
  if (signed) return signed;
  if (!deliversBy(request.method, source)) return refused('method-not-allowed');

  const sender = await countFor('source', request, source, deps);
  if (sender.kind === 'over') return { kind: 'refused', cause: 'rate-limited', limit: sender.limit };

  const { raw, headers } = delivered(request);
  const parsed = parseBody(raw, headers['content-type'], source.bodyFormats);
  if (parsed.kind === 'refused') return refused(parsed.cause);

  const { body, json } = parsed;
  const received = { sourceName, source, body, json, raw, headers, acceptedAt: deps.now() };
  const read = await readEvents({ ...received, sender: request.caller });
  if (read.kind === 'invalid') return { kind: 'refused', cause: read.cause, issues: read.issues };
  for (const { eventId, lacks } of read.events) {
    if (lacks)
      deps.log.warn('an event lacks what its source names', { sourceName, eventId, lacks, correlationId });
  }

  const events = await takeEvents(read.events, source, correlationId, deps);
  return { kind: 'taken', sourceName, source, events, body, headers };
}

/** Any failure is an answer that makes the sender come again. */
async function tryToTake(
  request: HttpRequest,
  source: Source | undefined,
  correlationId: string,
  deps: IngestDeps,
): Promise<Outcome> {
  try {
    return await take(request, source, correlationId, deps);
  } catch (error) {
    const { requestId } = request;
    if (error instanceof Unreachable) {
      deps.log.error(error.message, { reason: String(error.cause), correlationId, requestId });
      return { kind: 'unavailable', because: error.dependency };
    }
    deps.log.error(problems['internal-error'].title, { error, correlationId, requestId });
    return { kind: 'unavailable', because: 'failure' };
  }
}

const refused = (cause: RequestCause): Refused => ({ kind: 'refused', cause });

/** Before verification: a signature is of the bytes before or after they were packed, and would only seem wrong. */
const encodedBody = (encoding: string): Refused => ({
  kind: 'refused',
  cause: 'unsupported-media-type',
  issues: [{ path: 'header:content-encoding', message: `${encoding} is not taken: send the body as it is` }],
});

/** By address before verification, so that guessing is limited too; by source after it, so that strangers cannot use up the limit of the source. */
async function countFor(
  per: 'ip' | 'source',
  { sourceName, sourceIp }: HttpRequest,
  { rateLimit }: Source,
  deps: IngestDeps,
): Promise<RateVerdict> {
  if (rateLimit?.per !== per) return { kind: 'within' };
  const { perMinute } = rateLimit;
  const who = per === 'ip' ? sourceIp : '*';
  return await reaching('ledger', deps.countRequest({ sourceName, who, perMinute }, deps.now()));
}
