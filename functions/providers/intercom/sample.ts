import { intercom } from './preset.ts';
import type { Sample } from '../sample.ts';

export const intercomSample: Sample = {
  source: intercom(),
  key: { secret: '5c9a2a3e-8f41-4d2c-9f3e-1b2c3d4e5f60' },
  covers: 'body',
  request: (now) => ({
    body: JSON.stringify({
      type: 'notification_event',
      app_id: 'a86dr8yl',
      id: 'notif_ccd8a4d0-f965-11e3-a367-c779cae3e1b3',
      topic: 'conversation.user.replied',
      created_at: Math.floor(now.getTime() / 1000),
      delivery_attempts: 1,
      data: { type: 'notification_event_data', item: { type: 'conversation', id: '1122334455', title: 'ü' } },
    }),
  }),
  events: [
    {
      eventId: 'notif_ccd8a4d0-f965-11e3-a367-c779cae3e1b3',
      type: 'conversation.user.replied',
      lane: '1122334455',
    },
  ],
};
