import { expect, it } from 'vitest';
import type { Handler } from '../../../functions/api/handler.ts';
import { findHandler, parsePattern } from '../../../functions/config/find-handler.ts';

const named = (name: string): Handler => Object.defineProperty(async () => {}, 'name', { value: name });

const handlers = {
  'stripe/*': named('all'),
  'stripe/invoice.*': named('invoices'),
  'stripe/invoice.paid': named('paid'),
  'stripe/invoice.p*': named('p'),
  'github/a/b': named('slash'),
};

it.each([
  ['stripe', 'invoice.paid', 'paid'],
  ['stripe', 'invoice.payment_failed', 'p'],
  ['stripe', 'invoice.sent', 'invoices'],
  ['stripe', 'invoice.', 'invoices'],
  ['stripe', 'invoice', 'all'],
  ['github', 'a/b', 'slash'],
  ['github', 'push', undefined],
  ['strip', 'e/invoice.paid', undefined],
])('gives %s %s to the most specific handler', (source, type, name) => {
  expect(findHandler(handlers, { source, type })?.name).toBe(name);
});

it.each(['stripe', 'stripe/', '/paid', '', '*', 'stripe/*.paid', 'stripe/a**'])(
  'reads no pattern from %j',
  (text) => {
    expect(parsePattern(text)).toBeUndefined();
  },
);
