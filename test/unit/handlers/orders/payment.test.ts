import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PaymentEvent } from '../../../../handlers/orders/payment.ts';
import { paymentBody } from '../../../support/payment-body.ts';

describe('a payment', () => {
  test('is read with its amount as exact decimal text and its order id in lower case', () => {
    const payment = PaymentEvent.parse(
      paymentBody({ order_uuid: '7B6E9B0C-58F5-4D33-9A5E-1D7A5F1C2B3D', amount: 99.9 }),
    );

    expect(payment.amount).toBe('99.9');
    expect(payment.order_uuid).toBe('7b6e9b0c-58f5-4d33-9a5e-1d7a5f1c2b3d');
  });

  test('has empty metadata when it brings none', () => {
    const payment = PaymentEvent.parse(paymentBody({ metadata: undefined }));

    expect(payment.metadata).toEqual({});
  });

  test.each([
    [0.1, '0.1'],
    ['0.10', '0.1'],
    ['100.00', '100'],
    ['007', '7'],
    [1000, '1000'],
    ['0.05', '0.05'],
    [123456789012.345, '123456789012.345'],
  ])('reads the amount %j as %s', (amount, text) => {
    expect(PaymentEvent.parse(paymentBody({ amount })).amount).toBe(text);
  });

  test.each([
    0,
    '0.00',
    -1,
    '-1',
    '',
    ' 1',
    '1.',
    '.5',
    '1e3',
    1e21,
    1e-7,
    0.1 + 0.2,
    '1,50',
    '1234567890123.4567',
    NaN,
    null,
    true,
    [1],
  ])('refuses the amount %j', (amount) => {
    const result = PaymentEvent.safeParse(paymentBody({ amount }));

    expect(result.error?.issues).toMatchObject([
      { path: ['amount'], message: 'must be a positive decimal number of at most 15 digits' },
    ]);
  });

  test('gives two amounts the same text exactly when they are the same decimal', () => {
    const cents = fc.integer({ min: 1, max: 1_000_000_000 });
    const difference = fc.constantFrom(0, 1, 10, 100);

    fc.assert(
      fc.property(cents, difference, (a, more) => {
        const b = a + more;
        const digits = String(b).padStart(3, '0');
        const fromNumber = PaymentEvent.parse(paymentBody({ amount: a / 100 })).amount;
        const fromText = PaymentEvent.parse(
          paymentBody({ amount: `${digits.slice(0, -2)}.${digits.slice(-2)}` }),
        ).amount;

        expect(fromNumber === fromText).toBe(a === b);
      }),
    );
  });

  test.each([
    ['order_uuid', 'order-1'],
    ['txn_id', ''],
    ['status', 'settled'],
    ['timestamp', 'yesterday'],
    ['timestamp', '2026-11-24'],
    ['timestamp', '2026-02-30T10:00:00Z'],
    ['webhook_source', 7],
    ['correlation_id', undefined],
    ['metadata', 'text'],
    ['metadata', ['a']],
    ['metadata', { text: 'x'.repeat(16 * 1024) }],
    ['metadata', nested(40)],
  ])('is refused with the path when its %s is %j', (field, value) => {
    const result = PaymentEvent.safeParse(paymentBody({ [field]: value }));

    expect(result.error?.issues.map(({ path }) => path[0])).toEqual([field]);
  });
});

function nested(levels: number): unknown {
  return JSON.parse('{"a":'.repeat(levels) + '1' + '}'.repeat(levels));
}
