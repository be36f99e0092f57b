import { withHeader } from '../../signatures/with-header.ts';
import type { Sample } from '../sample.ts';
import { googleDrive } from './preset.ts';

export const googleDriveSample: Sample = {
  source: googleDrive(),
  key: { secret: 'a token of your own' },
  covers: 'nothing',
  request: () => ({
    body: '',
    headers: {
      'x-goog-channel-id': '4ba78bf0-6a47-11e2-bcfd-0800200c9a66',
      'x-goog-message-number': '10',
      'x-goog-resource-id': 'ret08u3rv24htgh289g',
      'x-goog-resource-state': 'update',
      'x-goog-resource-uri': 'https://www.googleapis.com/drive/v3/files/ret08u3rv24htgh289g?alt=json',
    },
  }),
  sign: (request, { secret }) => withHeader(request, 'x-goog-channel-token', secret),
  events: [
    {
      eventId: '4ba78bf0-6a47-11e2-bcfd-0800200c9a66/10',
      type: 'update',
      lane: 'ret08u3rv24htgh289g',
    },
  ],
};
