import { withHeader } from '../../signatures/with-header.ts';
import type { Sample } from '../sample.ts';
import { googleCalendar } from './preset.ts';

export const googleCalendarSample: Sample = {
  source: googleCalendar(),
  key: { secret: 'a token of your own' },
  covers: 'nothing',
  request: () => ({
    body: '',
    headers: {
      'x-goog-channel-id': '4ba78bf0-6a47-11e2-bcfd-0800200c9a66',
      'x-goog-message-number': '10',
      'x-goog-resource-id': 'ret08u3rv24htgh289g',
      'x-goog-resource-state': 'exists',
      'x-goog-resource-uri': 'https://www.googleapis.com/calendar/v3/calendars/primary/events?alt=json',
    },
  }),
  sign: (request, { secret }) => withHeader(request, 'x-goog-channel-token', secret),
  events: [
    {
      eventId: '4ba78bf0-6a47-11e2-bcfd-0800200c9a66/10',
      type: 'exists',
      lane: 'ret08u3rv24htgh289g',
    },
  ],
};
