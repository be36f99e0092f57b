import config from '#config';
import { describe, expect, test } from 'vitest';
import { findHandler } from '../../../../functions/sources/find-handler.ts';
import { applyPayment } from '../../../../handlers/orders/apply-payment.ts';
import { statuses } from '../../../../handlers/orders/order.ts';

describe('the source of payments', () => {
  test('keeps to what its senders were promised', () => {
    expect(config.sources.payments).toMatchObject({
      verify: { name: 'bearer' },
      retry: { attempts: 5, delaysSeconds: [5, 10, 30, 60, 120] },
      duplicates: { status: 409 },
      rateLimit: { perMinute: 1000, per: 'ip' },
    });
  });

  test.each(statuses)('hands a payment that is %s to the order', (type) => {
    expect(findHandler(config.handlers, { source: 'payments', type })).toBe(applyPayment);
  });
});
