import { json, type Happenings } from '../happenings.ts';

const xero = {
  tenantId: 't',
  resourceId: 'r',
  eventCategory: 'INVOICE',
  eventType: 'UPDATE',
  eventDateUtc: '2026-03-01T12:00:00.001',
};

export const xeroHappenings: Happenings = {
  id: 'organisation, resource, kind and time',
  differ: '`eventDateUtc`, to the millisecond',
  first: json({ events: [xero] }),
  second: json({ events: [{ ...xero, eventDateUtc: '2026-03-01T12:00:00.002' }] }),
  sameLane: [json({ events: [{ ...xero, eventType: 'CREATE' }] })],
};
