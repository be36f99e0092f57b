import {
  context,
  isSpanContextValid,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
  type SpanContext,
} from '@opentelemetry/api';
import type { StoredEvent } from '../ledger/event.ts';

/**
 * Runs an attempt in a span of OpenTelemetry, a child of the request that brought the event. It goes wherever the handlers' code registered an
 * SDK; where none is, this costs nothing and the sender's own context is passed on.
 */
export async function traced<T>(
  { source, type, eventId, traceParent }: StoredEvent,
  attempt: number,
  run: (traceParent: string | undefined) => Promise<T>,
): Promise<T> {
  const sender = spanContextOf(traceParent);
  const parent = sender ? trace.setSpanContext(ROOT_CONTEXT, sender) : ROOT_CONTEXT;
  const attributes = {
    'messaging.message.id': eventId,
    'hooklane.source': source,
    'hooklane.attempt': attempt,
  };
  const options = { kind: SpanKind.CONSUMER, attributes };
  const span = trace.getTracer('hooklane').startSpan(`process ${source}/${type}`, options, parent);
  try {
    return await context.with(trace.setSpan(parent, span), () => run(traceParentOf(span.spanContext())));
  } catch (error) {
    span.recordException(error instanceof Error ? error : String(error));
    span.setStatus({ code: SpanStatusCode.ERROR });
    throw error;
  } finally {
    span.end();
  }
}

/** Of a `traceparent` that ingest has taken for valid. */
function spanContextOf(traceParent: string | undefined): SpanContext | undefined {
  const [, traceId = '', spanId = '', flags = ''] = traceParent?.split('-') ?? [];
  const found = { traceId, spanId, traceFlags: Number.parseInt(flags, 16), isRemote: true };
  return isSpanContextValid(found) ? found : undefined;
}

/** https://www.w3.org/TR/trace-context/#traceparent-header */
function traceParentOf(span: SpanContext): string | undefined {
  if (!isSpanContextValid(span)) return undefined;
  return `00-${span.traceId}-${span.spanId}-${span.traceFlags.toString(16).padStart(2, '0')}`;
}
