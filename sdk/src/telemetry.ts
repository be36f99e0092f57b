import type { ConsumerEvent, OnEvent } from './event-log.ts';
import type { Trace } from './settings.ts';

/** The parts of `@opentelemetry/api` that are used: `import * as api from '@opentelemetry/api'`. */
export interface OpenTelemetryApi<Context = unknown> {
  readonly context: { active(): Context; with<T>(context: Context, run: () => Promise<T>): Promise<T> };
  readonly propagation: { extract(context: Context, carrier: unknown): Context };
  readonly trace: {
    getTracer(name: string): {
      startSpan(
        name: string,
        options: { kind: number; attributes: Record<string, string> },
        context: Context,
      ): Span;
    };
    setSpan(context: Context, span: never): Context;
  };
  readonly metrics: {
    getMeter(name: string): {
      createCounter(
        name: string,
        options: { description: string },
      ): { add(value: number, attributes: Record<string, string>): void };
      createHistogram(
        name: string,
        options: { description: string; unit: string },
      ): { record(value: number, attributes: Record<string, string>): void };
    };
  };
}

interface Span {
  setAttribute(name: string, value: string | number): unknown;
  setStatus(status: { code: number }): unknown;
  end(): void;
}

const name = '@hooklane/consumer';
/** `SpanKind.CONSUMER` and `SpanStatusCode.ERROR` of the API. */
const consumerKind = 4;
const errorCode = 2;

const failures = new Set(['threw', 'failed', 'interrupted', 'unavailable', 'quarantined']);

/**
 * A span for each delivery, child of the sender's `traceparent`, and two metrics: `idempotent({ …, ...openTelemetry(api) })`. Use `onEvent`
 * to chain a callback of your own.
 */
export function openTelemetry<Context>(
  api: OpenTelemetryApi<Context>,
  onEvent?: OnEvent,
): { readonly trace: Trace; readonly onEvent: OnEvent } {
  const tracer = api.trace.getTracer(name);
  const meter = api.metrics.getMeter(name);
  const events = meter.createCounter('hooklane.consumer.events', {
    description: 'What happened to deliveries',
  });
  const duration = meter.createHistogram('hooklane.consumer.duration', {
    description: 'From the arrival of a delivery',
    unit: 'ms',
  });

  return {
    async trace({ key, headers }, run) {
      const parent = api.propagation.extract(api.context.active(), headers);
      const attributes = { 'messaging.message.id': key, 'messaging.operation.type': 'process' };
      const span = tracer.startSpan('process webhook', { kind: consumerKind, attributes }, parent);
      // The span is the API's own; only its type is narrower here.

      const inside = api.trace.setSpan(parent, span as never);
      try {
        return await api.context.with(inside, () =>
          run((attribute, value) => {
            span.setAttribute(attribute, value);
            if (attribute === 'hooklane.outcome' && failures.has(String(value)))
              span.setStatus({ code: errorCode });
          }),
        );
      } finally {
        span.end();
      }
    },
    onEvent(event: ConsumerEvent) {
      events.add(1, { type: event.type });
      if (event.ms !== undefined) duration.record(event.ms, { type: event.type });
      onEvent?.(event);
    },
  };
}
