import { stripe } from './preset.ts';
import type { Sample } from '../sample.ts';

export const stripeSample: Sample = {
  source: stripe(),
  key: { secret: 'whsec_c2FtcGxlIHNlY3JldA' },
  covers: 'body',
  request: (now) => ({
    body: JSON.stringify({
      id: 'evt_1SampleInvoicePaid',
      object: 'event',
      type: 'invoice.paid',
      created: Math.floor(now.getTime() / 1000),
      livemode: false,
      api_version: '2026-01-28',
      data: { object: { id: 'in_1Sample', object: 'invoice', customer: 'cus_Sample', amount_paid: 4200 } },
    }),
  }),
  events: [{ eventId: 'evt_1SampleInvoicePaid', type: 'invoice.paid', lane: 'in_1Sample' }],
};
