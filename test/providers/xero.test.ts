import { expect, it } from 'vitest';
import { xero } from '../../functions/providers/xero/preset.ts';
import { xeroSample } from '../../functions/providers/xero/sample.ts';
import { agreesWithFormula, base64 } from '../support/provider/documented-formula.ts';
import { eventsOf } from '../support/provider/events-of.ts';
import { testProvider } from '../support/provider/test-provider.ts';

testProvider('xero');

it('reads several events, and none where it tries the address', async () => {
  const event = {
    resourceId: 'r1',
    eventDateUtc: '2017-06-21T01:15:39.902',
    eventType: 'CREATE',
    eventCategory: 'CONTACT',
    tenantId: 't1',
  };
  const events = [event, { ...event, eventType: 'UPDATE', eventDateUtc: '2017-06-21T01:15:40' }];

  expect(await eventsOf(xero(), { events, firstEventSequence: 1, lastEventSequence: 2 })).toEqual([
    ['t1/r1/CREATE/2017-06-21T01:15:39.902', 'CONTACT.CREATE', 't1/r1'],
    ['t1/r1/UPDATE/2017-06-21T01:15:40', 'CONTACT.UPDATE', 't1/r1'],
  ]);
  expect(await eventsOf(xero(), { events: [], firstEventSequence: 0, entropy: 'S0m3' })).toEqual([]);
  expect(await eventsOf(xero(), {})).toBe('invalid-body');
});

it('is answered without a body, whether it is taken or refused', () => {
  const { respond, emptyRefusals } = xero();
  const outcome = { events: [], correlationId: 'c', processingTimeMs: 1, headers: {}, body: {} };

  expect(respond?.({ ...outcome, standard: { status: 202, body: {} } })).toEqual({ status: 200 });
  expect(emptyRefusals).toBe(true);
});

agreesWithFormula({
  sample: xeroSample,
  headers: ({ body }, secret) => ({
    'x-xero-signature': base64(secret, body),
  }),
});
