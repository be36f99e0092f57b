import type { Sample } from '../sample.ts';
import { klaviyo } from './preset.ts';

const event = (id: string, topic: string) => ({
  external_id: id,
  topic,
  payload: {
    data: {
      type: 'event',
      id,
      attributes: { datetime: '2026-03-01T12:00:00+00:00', event_properties: { Subject: 'Grüße' } },
      relationships: { profile: { data: { type: 'profile', id: '01GDDKASAP8TKDDA2GRZDSVP4H' } } },
    },
  },
});

export const klaviyoSample: Sample = {
  source: klaviyo(),
  key: { secret: 'a secret of sixteen letters or more' },
  covers: 'body',
  request: (now) => ({
    body: JSON.stringify({
      data: [event('4vRpBT', 'event:klaviyo.opened_email'), event('4vRpBU', 'event:klaviyo.clicked_email')],
      meta: { klaviyo_account_id: 'XNsdB7', klaviyo_webhook_id: '01J8', timestamp: now.toISOString() },
    }),
    headers: { 'klaviyo-webhook-id': '01J8', 'klaviyo-timestamp': now.toUTCString() },
  }),
  events: [
    {
      eventId: 'event:klaviyo.opened_email/4vRpBT',
      type: 'event:klaviyo.opened_email',
      lane: '01GDDKASAP8TKDDA2GRZDSVP4H',
    },
    {
      eventId: 'event:klaviyo.clicked_email/4vRpBU',
      type: 'event:klaviyo.clicked_email',
      lane: '01GDDKASAP8TKDDA2GRZDSVP4H',
    },
  ],
};
