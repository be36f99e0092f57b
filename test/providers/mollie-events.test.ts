import { describe, expect, it } from 'vitest';
import { mollieEvents } from '../../functions/providers/mollie-events/preset.ts';
import { mollieEventsSample } from '../../functions/providers/mollie-events/sample.ts';
import { unsignedRequest } from '../../functions/providers/signed-sample.ts';
import { aRequest } from '../support/a-request.ts';
import { now } from '../support/provider/clock.ts';
import { agreesWithFormula, hex } from '../support/provider/documented-formula.ts';
import { eventsOf } from '../support/provider/events-of.ts';
import { isVerified } from '../support/provider/is-verified.ts';
import { testProvider } from '../support/provider/test-provider.ts';

testProvider('mollie-events');

it('reads the next-gen events', async () => {
  const body = {
    resource: 'event',
    id: 'event_GvJ8WHrp5isUdRub9CJyH',
    type: 'sales-invoice.paid',
    entityId: 'invoice_4Y0eZitmBnQ6IDoMqZQKh',
    createdAt: '2026-01-15T09:30:00.0Z',
  };

  expect(await eventsOf(mollieEvents(), body)).toEqual([
    ['event_GvJ8WHrp5isUdRub9CJyH', 'sales-invoice.paid', 'invoice_4Y0eZitmBnQ6IDoMqZQKh'],
  ]);
});

describe('its signature', () => {
  const header = 'x-mollie-signature';
  agreesWithFormula({
    sample: mollieEventsSample,
    headers: ({ body }, secret) => ({
      [header]: `sha256=${hex(secret, body)}`,
    }),
  });

  it('may send its header twice, as for a day after a rotation', async () => {
    const request = unsignedRequest(mollieEventsSample, now);
    const signatures = ['old', 'new'].map((one) => hex(one, Buffer.from(request.body)));
    const joined = (between: string) => ({
      ...request,
      headers: { ...request.headers, [header]: signatures.map((one) => `sha256=${one}`).join(between) },
    });

    for (const between of [',', ', ']) {
      for (const secret of ['old', 'new']) {
        const verdict = await mollieEventsSample.source.verify.verify(joined(between), [secret], now);
        expect(verdict).toEqual({ verified: true });
      }
    }
  });
});

describe('signatures as they are met', () => {
  const signed = (name: string, value: string, body = '{}') => aRequest({ body, headers: { [name]: value } });

  it('Mollie writes its one with or without sha256=, and two in the days of a rotation', async () => {
    const right = hex('secret', '{}');
    const wrong = hex('other', '{}');

    for (const text of [right, `sha256=${right}`, `sha256=${wrong},sha256=${right}`, `${wrong},${right}`]) {
      expect(await isVerified(mollieEvents(), signed('x-mollie-signature', text), 'secret')).toBe(true);
    }
    for (const text of [wrong, `sha512=${right}`, `sha256=${wrong}`]) {
      expect(await isVerified(mollieEvents(), signed('x-mollie-signature', text), 'secret')).toBe(false);
    }
  });
});
