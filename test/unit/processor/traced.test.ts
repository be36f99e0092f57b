import { context, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
} from '@opentelemetry/sdk-trace-base';
import { afterEach, describe, expect, it } from 'vitest';
import { traced } from '../../../functions/processor/traced.ts';
import { anEvent } from '../../support/ledger-fixture.ts';

const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
const sent = `00-${traceId}-00f067aa0ba902b7-01`;

const stored = (more: Parameters<typeof anEvent>[0] = {}) => ({
  ...anEvent({ source: 'stripe', eventId: 'e1', type: 'invoice.paid', ...more }),
  bodySha256: '',
  bodyBytes: 1,
});

/** As a handlers' file does that exports to a collector. */
function registerSdk(): InMemorySpanExporter {
  const exporter = new InMemorySpanExporter();
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  trace.setGlobalTracerProvider(
    new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] }),
  );
  return exporter;
}

afterEach(() => {
  trace.disable();
  context.disable();
});

describe('an attempt, where no SDK is registered', () => {
  it("passes on the sender's own trace context", async () => {
    const seen = await traced(stored({ traceParent: sent }), 1, (traceParent) =>
      Promise.resolve(traceParent),
    );

    expect(seen).toBe(sent);
  });

  it('has none where the sender sent none', async () => {
    const seen = await traced(stored(), 1, (traceParent) => Promise.resolve(traceParent));

    expect(seen).toBeUndefined();
  });
});

describe('an attempt, where an SDK is registered', () => {
  it('is a span in the trace of the sender, the parent of what the handler does', async () => {
    const exporter = registerSdk();

    const seen = await traced(stored({ traceParent: sent }), 2, (traceParent) => {
      trace.getTracer('of a handler').startSpan('a call').end();
      return Promise.resolve(traceParent);
    });

    const [call, attempt] = exporter.getFinishedSpans();
    expect(attempt).toMatchObject({
      name: 'process stripe/invoice.paid',
      attributes: { 'hooklane.attempt': 2 },
    });
    expect(attempt?.spanContext().traceId).toBe(traceId);
    expect(attempt?.parentSpanContext?.spanId).toBe('00f067aa0ba902b7');
    expect(call?.parentSpanContext?.spanId).toBe(attempt?.spanContext().spanId);
    expect(seen).toBe(`00-${traceId}-${attempt?.spanContext().spanId}-01`);
  });

  it('begins a trace of its own where the sender sent none, and ends as failed with its handler', async () => {
    const exporter = registerSdk();

    await expect(traced(stored(), 1, () => Promise.reject(new Error('the shop is closed')))).rejects.toThrow(
      'the shop is closed',
    );

    const [attempt] = exporter.getFinishedSpans();
    expect(attempt?.parentSpanContext).toBeUndefined();
    expect(attempt?.status.code).toBe(2);
    expect(attempt?.events.map(({ name }) => name)).toEqual(['exception']);
  });
});
