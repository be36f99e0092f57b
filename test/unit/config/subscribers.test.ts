import * as z from 'zod';
import { defineConfig, defineHandlers, forward, none, source, stripe, type WebhookEvent } from 'hooklane';
import { describe, expect, expectTypeOf, it } from 'vitest';

const payment = z.object({ id: z.string(), amount: z.number() });
const sources = {
  billing: stripe(),
  payments: source({ verify: none(), id: 'id', schema: payment }),
  guarded: source({ verify: none(), id: 'id', breaker: { failures: 3 } }),
};

const config = defineConfig({
  sources,
  subscribers: {
    billing: {
      ledger: { onExhausted: 'hold' },
      crm: {
        retry: { attempts: 3, delaysSeconds: [1] },
        atMost: { atOnce: 2 },
        breaker: { failures: 3 },
        when: (event) => event.body.type !== 'ping',
      },
    },
    payments: {
      big: {
        when: (event) => {
          expectTypeOf(event.body).toEqualTypeOf<{ id: string; amount: number }>();
          return event.body.amount > 100;
        },
      },
    },
  },
});

const nothing = async () => undefined;

describe('subscribers', () => {
  it('have handlers by name, which see the body of their source', () => {
    const handlers = defineHandlers(config, {
      'billing/*': {
        ledger: async (event) => {
          expectTypeOf(event.body.data.object.id).toEqualTypeOf<string>();
        },
        crm: forward('https://crm.example.com'),
      },
      'payments/*': {
        big: forward('https://big.example.com', {
          reshape: (event) => {
            expectTypeOf(event.body.amount).toEqualTypeOf<number>();
            return { headers: { 'x-amount': String(event.body.amount) } };
          },
        }),
      },
    });
    defineHandlers(config, {
      'payments/*': {
        // @ts-expect-error -- a body of this source has no customer
        big: forward('https://big.example.com', { reshape: (event) => ({ body: event.body.customer }) }),
      },
    });
    // @ts-expect-error -- there is no such method
    forward('https://example.com', { reshape: () => ({ method: 'TRACE' }) });

    expect(handlers.mistakes).toEqual([]);
    expect(Object.keys(handlers.byPattern)).toEqual(['billing/*', 'payments/*']);
  });

  it('refuse a handler of another body', () => {
    const ofPayments = async (event: WebhookEvent<{ id: string; amount: number }>) => ({ id: event.body.id });

    defineHandlers(config, {
      // @ts-expect-error -- the body of a Stripe event has no amount
      'billing/*': { ledger: ofPayments, crm: nothing },
      'payments/*': { big: nothing },
    });
    defineHandlers(config, { 'payments/*': { big: ofPayments } });
  });

  it.each([
    [
      // @ts-expect-error -- the configuration names no such subscriber
      () => defineHandlers(config, { 'billing/*': { ledger: nothing, crm: nothing, shop: nothing } }),
      [['handlers["billing/*"].shop', 'the configuration names no subscriber "shop" of billing']],
    ],
    [
      // @ts-expect-error -- the source has no subscribers
      () => defineHandlers(defineConfig({ sources }), { 'billing/*': { ledger: nothing } }),
      [['handlers["billing/*"].ledger', 'the configuration names no subscriber "ledger" of billing']],
    ],
    [
      () => defineHandlers(config, { 'billing/*': {} }),
      [['handlers["billing/*"]', 'must name at least one subscriber']],
    ],
    [
      // @ts-expect-error -- a handler is a function
      () => defineHandlers(config, { 'billing/*': { ledger: 'x', crm: nothing } }),
      [['handlers["billing/*"].ledger', 'must be a function']],
    ],
    [
      // @ts-expect-error -- a list has no names
      () => defineHandlers(config, { 'billing/*': [nothing] }),
      [['handlers["billing/*"]', 'must be a function, or an object of functions by subscriber']],
    ],
    [
      () => defineHandlers(config, { 'billing/*': { ledger: nothing } }),
      [['subscribers.billing.crm', 'no pattern has a handler for it']],
    ],
  ])('are refused where handlers and configuration do not fit: %#', (define, expected) => {
    const mistakes = define().mistakes.map(({ path, message }) => [path, message]);

    expect(mistakes).toEqual(expect.arrayContaining(expected));
  });

  it('need no handler for events that are given up', () => {
    const ending = defineConfig({
      sources,
      subscribers: { billing: { ledger: {}, crm: { ending: 'discard' } } },
    });

    expect(defineHandlers(ending, { 'billing/*': { ledger: nothing } }).mistakes).toEqual([]);
  });

  it.each([
    ['a list', [], 'subscribers', 'must be an object of subscribers by source'],
    ['of no source', { nobody: {} }, 'subscribers.nobody', 'there is no source "nobody"'],
    ['no names', { billing: ['x'] }, 'subscribers.billing', 'must be an object of subscribers by name'],
    [
      'a slash in a name',
      { billing: { 'a/b': {} } },
      'subscribers.billing.a/b',
      'a subscriber is named with lower-case letters, digits and dashes, at most 63',
    ],
    [
      'a dot in a name',
      { billing: { 'a.b': {} } },
      'subscribers.billing.a.b',
      'a subscriber is named with lower-case letters, digits and dashes, at most 63',
    ],
    [
      'an unknown option',
      { billing: { a: { verify: none() } } },
      'subscribers.billing.a.verify',
      'is no option',
    ],
    [
      'an end of a hold without one',
      { billing: { a: { holdForSeconds: 5 } } },
      'subscribers.billing.a.holdForSeconds',
      "needs onExhausted: 'hold'",
    ],
    [
      'an order of a source without lanes',
      { payments: { a: { order: { version: 'at' } } } },
      'subscribers.payments.a.order',
      'needs a lane: an order is among the events of one entity',
    ],
    [
      'a rate of 0',
      { billing: { a: { atMost: { perSecond: 0 } } } },
      'subscribers.billing.a.atMost.perSecond',
      'must be a whole number from 1 to 500',
    ],
    [
      'a breaker under at-most-once',
      { billing: { a: { breaker: { failures: 3 }, execution: 'at-most-once' } } },
      'subscribers.billing.a.breaker',
      'needs attempts that are retried: at-most-once has one, which a probe would use up',
    ],
    [
      'the breaker of its source under at-most-once',
      { guarded: { a: { execution: 'at-most-once' } } },
      'subscribers.guarded.a.breaker',
      'needs attempts that are retried: at-most-once has one, which a probe would use up',
    ],
    [
      'a `when` that is no function',
      { billing: { a: { when: true } } },
      'subscribers.billing.a.when',
      'must be a function',
    ],
    [
      'another end',
      { billing: { a: { ending: 'now' } } },
      'subscribers.billing.a.ending',
      'must be "finish" or "discard"',
    ],
    [
      'too many',
      { billing: Object.fromEntries(Array.from({ length: 51 }, (_, n) => [`s${n}`, {}])) },
      'subscribers.billing',
      'must be at most 50 subscribers',
    ],
  ])('are refused with the path of the mistake: %s', (_what, subscribers, path, message) => {
    const { mistakes } = defineHandlers(defineConfig({ sources, subscribers: subscribers as never }), {});

    expect(mistakes).toContainEqual({ path, message });
    expect(mistakes.filter((one) => one.message !== 'no pattern has a handler for it')).toHaveLength(1);
  });

  it('inherit the hold of their source, and give up its end with it', () => {
    const holds = {
      held: source({ verify: none(), id: 'id', onExhausted: 'hold', holdForSeconds: 60 }),
    };

    const config = defineConfig({
      sources: holds,
      subscribers: { held: { a: {}, b: { onExhausted: 'continue' }, c: { holdForSeconds: 5 } } },
    });

    expect(defineHandlers(config, { 'held/*': { a: nothing, b: nothing, c: nothing } }).mistakes).toEqual([]);
  });

  it('cannot have one name twice', () => {
    defineConfig({
      sources,
      // @ts-expect-error -- an object has a name once
      subscribers: { billing: { crm: {}, crm: {} } },
    });
  });
});
