import { xero } from './preset.ts';
import type { Sample } from '../sample.ts';

const tenantId = 'c2cc9b6e-9458-4c7d-93cc-f02b81b0594f';

export const xeroSample: Sample = {
  source: xero(),
  key: { secret: 'a webhooks key of your own' },
  covers: 'body',
  request: () => ({
    body: JSON.stringify({
      events: [
        {
          resourceUrl: 'https://api.xero.com/api.xro/2.0/Contacts/717f2bfc-c6d4-41fd-b238-3f2f0c0cf777',
          resourceId: '717f2bfc-c6d4-41fd-b238-3f2f0c0cf777',
          eventDateUtc: '2026-01-15T09:30:00.902',
          eventType: 'UPDATE',
          eventCategory: 'CONTACT',
          tenantId,
          tenantType: 'ORGANISATION',
        },
        {
          resourceUrl: 'https://api.xero.com/api.xro/2.0/Invoices/44aa0707-f718-4f1c-8d53-f2da9ca59533',
          resourceId: '44aa0707-f718-4f1c-8d53-f2da9ca59533',
          eventDateUtc: '2026-01-15T09:30:01.1',
          eventType: 'CREATE',
          eventCategory: 'INVOICE',
          tenantId,
          tenantType: 'ORGANISATION',
        },
      ],
      firstEventSequence: 1,
      lastEventSequence: 2,
      entropy: 'S0m3r4Nd0mt3xt',
    }),
  }),
  events: [
    {
      eventId: `${tenantId}/717f2bfc-c6d4-41fd-b238-3f2f0c0cf777/UPDATE/2026-01-15T09:30:00.902`,
      type: 'CONTACT.UPDATE',
      lane: `${tenantId}/717f2bfc-c6d4-41fd-b238-3f2f0c0cf777`,
    },
    {
      eventId: `${tenantId}/44aa0707-f718-4f1c-8d53-f2da9ca59533/CREATE/2026-01-15T09:30:01.1`,
      type: 'INVOICE.CREATE',
      lane: `${tenantId}/44aa0707-f718-4f1c-8d53-f2da9ca59533`,
    },
  ],
};
