import * as z from 'zod';
import {
  defineConfig,
  defineHandlers,
  forward,
  github,
  none,
  source,
  stripe,
  type WebhookEvent,
} from 'hooklane';
import { describe, expect, expectTypeOf, it } from 'vitest';

const config = defineConfig({
  sources: {
    billing: stripe({
      onExhausted: 'hold',
      lane: (e) => e.body.data.object.customer ?? e.body.data.object.id,
    }),
    code: github({ when: (e) => e.body.repository?.full_name !== 'acme/attic' }),
    payments: source({
      verify: none(),
      id: 'id',
      schema: z.object({ id: z.string(), amount: z.number() }),
      when: ({ body }) => body.amount > 0,
    }),
    open: source({ verify: none(), id: 'id' }),
  },
});

describe('the types of handlers', () => {
  it('give the body of the preset or the schema, whatever the pattern', () => {
    const handlers = defineHandlers(config, {
      'billing/invoice.*': async (event) => {
        expectTypeOf(event.body.data.object.id).toEqualTypeOf<string>();
      },
      'billing/*': forward('https://example.com', {
        reshape: (event) => {
          expectTypeOf(event.body.data.object.id).toEqualTypeOf<string>();
          return { method: 'PUT', path: `/${event.body.id}`, body: event.body.data };
        },
      }),
      'code/push': async (event) => {
        expectTypeOf(event.body).not.toBeUnknown();
      },
      'payments/paid': async (event, ctx) => {
        expectTypeOf(event.body).toEqualTypeOf<{ id: string; amount: number }>();
        expectTypeOf(ctx.attempt).toEqualTypeOf<number>();
      },
      'open/*': async (event) => {
        expectTypeOf(event.body).toBeUnknown();
      },
    });

    expect(handlers.mistakes).toEqual([]);
    expect(Object.keys(handlers.byPattern)).toHaveLength(5);
  });

  it('refuse a handler of another body', () => {
    const ofPayments = async (event: WebhookEvent<{ id: string; amount: number }>) => ({ id: event.body.id });

    expect(defineHandlers(config, { 'payments/*': ofPayments }).mistakes).toEqual([]);
    // @ts-expect-error -- the body of a Stripe event has no amount
    defineHandlers(config, { 'code/*': ofPayments, 'billing/*': async ({ body }) => ({ is: body.amount }) });
  });

  it.each([
    [
      // @ts-expect-error -- there is no such source
      defineHandlers(config, { 'nobody/*': async () => undefined }),
      ['handlers["nobody/*"]: there is no source "nobody"'],
    ],
    [
      // @ts-expect-error -- a star ends a pattern
      defineHandlers(config, { 'open/a*b': async () => undefined }),
      ['handlers["open/a*b"]: must be source/type, source/prefix* or source/*'],
    ],
    [
      // @ts-expect-error -- no type
      defineHandlers(config, { 'open/': async () => undefined }),
      ['handlers["open/"]: must be source/type, source/prefix* or source/*'],
    ],
    [
      // @ts-expect-error -- no function
      defineHandlers(config, { 'open/*': 'handler' }),
      ['handlers["open/*"]: must be a function'],
    ],
    [
      // @ts-expect-error -- nothing
      defineHandlers(config, null),
      ['handlers: must be an object of handlers by source/type'],
    ],
  ])('refuse what is a mistake when it runs, too (%#)', ({ mistakes }, expected) => {
    expect(mistakes.map(({ path, message }) => `${path}: ${message}`)).toEqual(expected);
  });
});

it('lists the mistakes of the configuration with those of the handlers', () => {
  const wrong = defineConfig({
    sources: { open: source({ verify: none(), id: '', retry: { attempts: 0, delaysSeconds: [1] } }) },
  });

  // @ts-expect-error -- there is no such source
  const { mistakes } = defineHandlers(wrong, { 'nobody/*': async () => undefined });

  expect(mistakes.map(({ path }) => path)).toEqual([
    'sources.open.id',
    'sources.open.retry.attempts',
    'handlers["nobody/*"]',
  ]);
});
