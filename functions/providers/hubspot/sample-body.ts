import type { Sample } from '../sample.ts';

/** What the three signature versions have in common. */
export const hubspotBody = {
  key: { secret: 'a1b2c3d4-e5f6-4711-8899-aabbccddeeff' },
  covers: 'body',
  request: () => ({
    body: JSON.stringify([
      {
        eventId: 100,
        subscriptionId: 7,
        portalId: 62515,
        subscriptionType: 'contact.propertyChange',
        objectId: 1246965,
        propertyName: 'lastname',
        propertyValue: 'Müller',
        occurredAt: 1772280000123,
        attemptNumber: 0,
      },
      {
        eventId: 101,
        subscriptionId: 8,
        portalId: 62515,
        subscriptionType: 'deal.creation',
        objectId: 998,
        occurredAt: 1772280000456,
        attemptNumber: 0,
      },
    ]),
  }),
  events: [
    {
      eventId: '62515/7/100/1772280000123/1246965//lastname',
      type: 'contact.propertyChange',
      lane: '62515/1246965',
    },
    { eventId: '62515/8/101/1772280000456/998', type: 'deal.creation', lane: '62515/998' },
  ],
} satisfies Omit<Sample, 'source'>;
