import { expect, it } from 'vitest';
import { quickbooks } from '../../functions/providers/quickbooks/preset.ts';
import { quickbooksSample } from '../../functions/providers/quickbooks/sample.ts';
import { agreesWithFormula, base64 } from '../support/provider/documented-formula.ts';
import { eventsOf, otherwise } from '../support/provider/events-of.ts';
import { testProvider } from '../support/provider/test-provider.ts';

testProvider('quickbooks');

it('reads CloudEvents', async () => {
  const event = {
    specversion: '1.0',
    id: '88cd52aa-33b6-4351-9aa4-47572edbd068',
    source: 'intuit.dsnBgbseACLLRZNxo2dfc4evmEJdxde58xeeYcZliOU=',
    type: 'qbo.customer.created.v1',
    time: '2025-09-10T21:31:25.179550Z',
    intuitentityid: '1234',
    intuitaccountid: '310687',
  };

  expect(await eventsOf(quickbooks(), [event])).toEqual([
    ['88cd52aa-33b6-4351-9aa4-47572edbd068', 'qbo.customer.created.v1', '310687/customer/1234'],
  ]);
  expect(await eventsOf(quickbooks(), [])).toEqual([]);
});

it('reads the form before that, of several companies, in the same lanes', async () => {
  const entity = {
    name: 'Customer',
    id: '1234',
    operation: 'Create',
    lastUpdated: '2015-10-05T14:42:19-0700',
  };
  const invoice = { name: 'Invoice', id: '5', operation: 'Void', lastUpdated: '2015-10-05T14:42:20-0700' };
  const eventNotifications = [
    { realmId: '310687', dataChangeEvent: { entities: [entity, invoice] } },
    { realmId: '2', dataChangeEvent: { entities: [entity] } },
  ];

  expect(await eventsOf(quickbooks(), { eventNotifications })).toEqual([
    ['310687/Customer/1234/Create/2015-10-05T14:42:19-0700', 'Customer.Create', '310687/customer/1234'],
    ['310687/Invoice/5/Void/2015-10-05T14:42:20-0700', 'Invoice.Void', '310687/invoice/5'],
    ['2/Customer/1234/Create/2015-10-05T14:42:19-0700', 'Customer.Create', '2/customer/1234'],
  ]);
  expect(await eventsOf(quickbooks(), { eventNotifications: [] })).toEqual([]);
});

it('swallows nothing that is neither', async () => {
  expect(await eventsOf(quickbooks(), {})).toEqual([[otherwise, '.', otherwise]]);
  expect(await eventsOf(quickbooks(), { eventNotifications: {} })).toHaveLength(1);
  expect(await eventsOf(quickbooks(), [5])).toBe('invalid-body');
});

agreesWithFormula({
  sample: quickbooksSample,
  headers: ({ body }, secret) => ({
    'intuit-signature': base64(secret, body),
  }),
});
