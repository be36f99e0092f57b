import { postmark } from './preset.ts';
import type { Sample } from '../sample.ts';

export const postmarkSample: Sample = {
  source: postmark(),
  key: { secret: 'hooklane:a password of your own' },
  covers: 'nothing',
  request: () => ({
    body: JSON.stringify({
      RecordType: 'Delivery',
      MessageID: '883953f4-6105-42a2-a16a-77a8eac79483',
      Recipient: 'john@example.com',
      DeliveredAt: '2026-02-28T09:24:01Z',
      MessageStream: 'outbound',
    }),
  }),
  sign: (request, { secret }) => ({
    ...request,
    headers: { ...request.headers, authorization: `Basic ${Buffer.from(secret).toString('base64')}` },
  }),
  events: [
    {
      eventId: 'Delivery/883953f4-6105-42a2-a16a-77a8eac79483/john@example.com/2026-02-28T09:24:01Z',
      type: 'Delivery',
      lane: '883953f4-6105-42a2-a16a-77a8eac79483',
    },
  ],
};
