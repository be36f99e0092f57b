import { mandrill } from './preset.ts';
import type { Sample } from '../sample.ts';

const events = [
  {
    event: 'send',
    _id: 'exampleaaaaaaaaaaaaaaaaaaaaaaaaa',
    ts: 1772280000,
    msg: { subject: 'Grüße & mehr' },
  },
  { event: 'open', _id: 'exampleaaaaaaaaaaaaaaaaaaaaaaaaa', ts: 1772280060 },
];

export const mandrillSample: Sample = {
  source: mandrill({ publicUrl: 'https://hooks.example.com/webhooks/mandrill' }),
  key: { secret: 'w0hDWsGPqN4bQ2kGJ7Y2Zg' },
  covers: 'body',
  request: () => ({
    contentType: 'application/x-www-form-urlencoded',
    body: `mandrill_events=${encodeURIComponent(JSON.stringify(events))}`,
  }),
  events: [
    {
      type: 'send',
      lane: 'exampleaaaaaaaaaaaaaaaaaaaaaaaaa',
    },
    {
      type: 'open',
      lane: 'exampleaaaaaaaaaaaaaaaaaaaaaaaaa',
    },
  ],
};
