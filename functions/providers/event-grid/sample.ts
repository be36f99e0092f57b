import { eventGrid } from './preset.ts';
import type { Sample } from '../sample.ts';

export const eventGridSample: Sample = {
  source: eventGrid(),
  key: { secret: 'a-secret-of-your-own' },
  covers: 'nothing',
  proof: ['query:secret'],
  request: () => ({
    body: JSON.stringify([
      {
        id: '831e1650',
        topic: '/subscriptions/s',
        subject: '/blobs/a',
        eventType: 'Microsoft.Storage.BlobCreated',
        eventTime: '2026-03-01T12:00:00.0000000Z',
        data: {},
        dataVersion: '',
        metadataVersion: '1',
      },
    ]),
  }),
  sign: (request, { secret }) => ({ ...request, rawQuery: `secret=${encodeURIComponent(secret)}` }),
  events: [
    {
      eventId: '831e1650//subscriptions/s',
      type: 'Microsoft.Storage.BlobCreated',
      lane: '%2Fblobs%2Fa//subscriptions/s',
    },
  ],
};
