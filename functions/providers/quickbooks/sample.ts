import { quickbooks } from './preset.ts';
import type { Sample } from '../sample.ts';

export const quickbooksSample: Sample = {
  source: quickbooks(),
  key: { secret: '6f1b9a0c-3a3e-4a3e-9c57-0d3f2b1a7c5e' },
  covers: 'body',
  request: (now) => ({
    body: JSON.stringify([
      {
        specversion: '1.0',
        id: '88cd52aa-33b6-4351-9aa4-47572edbd068',
        source: 'intuit.dsnBgbseACLLRZNxo2dfc4evmEJdxde58xeeYcZliOU=',
        type: 'qbo.customer.created.v1',
        datacontenttype: 'application/json',
        time: now.toISOString(),
        intuitentityid: '1234',
        intuitaccountid: '310687',
        data: {},
      },
      {
        specversion: '1.0',
        id: '7d2f0b1e-4a70-4f6f-8a6e-2a3c5b1d9e10',
        source: 'intuit.dsnBgbseACLLRZNxo2dfc4evmEJdxde58xeeYcZliOU=',
        type: 'qbo.invoice.updated.v1',
        datacontenttype: 'application/json',
        time: now.toISOString(),
        intuitentityid: '5',
        intuitaccountid: '310687',
        data: {},
      },
    ]),
  }),
  events: [
    {
      eventId: '88cd52aa-33b6-4351-9aa4-47572edbd068',
      type: 'qbo.customer.created.v1',
      lane: '310687/customer/1234',
    },
    {
      eventId: '7d2f0b1e-4a70-4f6f-8a6e-2a3c5b1d9e10',
      type: 'qbo.invoice.updated.v1',
      lane: '310687/invoice/5',
    },
  ],
};
