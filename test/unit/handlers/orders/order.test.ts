import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { move, statuses, type Status } from '../../../../handlers/orders/order.ts';

const status = fc.constantFrom(...statuses);

const legal: readonly (readonly [Status, Status])[] = [
  ['pending', 'paid'],
  ['pending', 'failed'],
  ['pending', 'cancelled'],
  ['failed', 'paid'],
  ['failed', 'cancelled'],
  ['paid', 'refunded'],
];

const pairs = statuses.flatMap((from) => statuses.map((to) => [from, to] as const));
/** A refund may overtake what was paid. */
const early: readonly (readonly [Status, Status])[] = [
  ['pending', 'refunded'],
  ['failed', 'refunded'],
];
const isEarly = (from: Status, to: Status) => early.some(([a, b]) => a === from && b === to);
const isLegal = (from: Status, to: Status) => legal.some(([a, b]) => a === from && b === to);

describe('move', () => {
  test.each(legal)('moves an order that is %s to %s', (from, to) => {
    const decision = move({ status: from, amount: '10' }, { status: to, amount: '10' });

    expect(decision).toEqual({ kind: 'move', to });
  });

  test.each(pairs.filter(([from, to]) => from !== to && !isLegal(from, to) && !isEarly(from, to)))(
    'names both statuses when an order that is %s cannot become %s',
    (from, to) => {
      const decision = move({ status: from, amount: '10' }, { status: to, amount: '10' });

      expect(decision).toEqual({
        kind: 'illegal',
        reason: `an order that is ${from} cannot become ${to}`,
      });
    },
  );

  test.each(early)('of an order that is %s to %s comes too early', (from, to) => {
    const decision = move({ status: from, amount: '10' }, { status: to, amount: '10' });

    expect(decision).toEqual({ kind: 'early', after: 'paid' });
  });

  test.each(statuses)('says that an order is %s already', (same) => {
    const decision = move({ status: same, amount: '10' }, { status: same, amount: '10' });

    expect(decision).toEqual({ kind: 'illegal', reason: `the order is ${same} already` });
  });

  test.each(pairs)('refuses another amount from %s to %s, before it looks at the status', (from, to) => {
    const decision = move({ status: from, amount: '10' }, { status: to, amount: '10.01' });

    expect(decision).toEqual({
      kind: 'amount-differs',
      reason: 'the payment is of 10.01, the order of 10',
    });
  });

  test('never comes back to a status it left', () => {
    fc.assert(
      fc.property(fc.array(status, { maxLength: 30 }), (payments) => {
        const path: Status[] = ['pending'];
        for (const to of payments) {
          const decision = move({ status: path.at(-1)!, amount: '1' }, { status: to, amount: '1' });
          if (decision.kind === 'move') path.push(decision.to);
        }

        expect(new Set(path).size).toBe(path.length);
        expect(path.length).toBeLessThanOrEqual(4);
      }),
    );
  });
});
