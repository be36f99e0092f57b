import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { klarna } from '../../functions/providers/klarna/preset.ts';
import { klarnaSample } from '../../functions/providers/klarna/sample.ts';
import { agreesWithFormula, hex } from '../support/provider/documented-formula.ts';
import { eventsOf } from '../support/provider/events-of.ts';
import { testProvider } from '../support/provider/test-provider.ts';

testProvider('klarna');

describe('its events', () => {
  const metadata = { event_id: 'd9f9b1a0', event_type: 'payment.dispute.state-change.initiated' };

  it.each([
    [{ payment_request_id: 'r', payment_transaction_id: 't' }, 'r'],
    [{ payment_dispute_id: 'd', payment_transaction_id: 't' }, 't'],
    [{ payment_dispute_id: 'd' }, 'd'],
    [{}, 'd9f9b1a0'],
  ])('has for %j the lane %s', async (payload, lane) => {
    expect(await eventsOf(klarna(), { metadata, payload })).toEqual([
      ['d9f9b1a0', metadata.event_type, lane],
    ]);
  });
});

describe('its signature', () => {
  const keyIds = fc.constantFrom('krn:partner:global:notification:signing-key:1', '2', 'a b');
  const keys = fc.tuple(keyIds, fc.stringMatching(/^[\w+/=-]{1,60}$/)).map((pair) => pair.join(':'));

  agreesWithFormula({
    sample: klarnaSample,
    keys: keys.map((secret) => ({ secret })),
    headers: ({ body }, secret) => {
      const [, id = '', key = ''] = /^(.*):(.*)$/.exec(secret) ?? [];
      return { 'klarna-signing-key-id': id, 'klarna-signature': hex(key, body) };
    },
  });
});
