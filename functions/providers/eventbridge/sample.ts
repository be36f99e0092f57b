import { withHeader } from '../../signatures/with-header.ts';
import type { Sample } from '../sample.ts';
import { eventbridge } from './preset.ts';

export const eventbridgeSample: Sample = {
  source: eventbridge(),
  key: { secret: 'a key of your own' },
  covers: 'nothing',
  request: (now) => ({
    body: JSON.stringify({
      version: '0',
      id: '17793124-05d4-b198-2fde-7ededc63b103',
      'detail-type': 'Object Created',
      source: 'aws.s3',
      account: '111122223333',
      time: now.toISOString(),
      region: 'eu-central-1',
      resources: ['arn:aws:s3:::amzn-s3-demo-bucket1'],
      detail: { object: { key: 'Übersicht.pdf' } },
    }),
  }),
  sign: (request, { secret }) => withHeader(request, 'x-api-key', secret),
  events: [
    {
      eventId: '17793124-05d4-b198-2fde-7ededc63b103',
      type: 'Object Created',
      lane: 'arn:aws:s3:::amzn-s3-demo-bucket1',
    },
  ],
};
