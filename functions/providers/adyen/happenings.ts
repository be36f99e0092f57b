import { json, type Happenings } from '../happenings.ts';

const adyenItem = (more: object) =>
  json({
    notificationItems: [
      {
        NotificationRequestItem: {
          eventCode: 'CAPTURE',
          pspReference: '88',
          originalReference: '79',
          success: 'true',
          eventDate: '2026-03-01T12:00:00+01:00',
          ...more,
        },
      },
    ],
  });

export const adyenHappenings: Happenings = {
  id: 'event code, reference, success and date',
  differ: 'the reference; of further news of one reference the date',
  facts: 'https://docs.adyen.com/development-resources/webhooks/handle-webhook-events',
  first: adyenItem({}),
  second: adyenItem({ eventDate: '2026-03-01T12:00:01+01:00' }),
  sameLane: [adyenItem({ eventCode: 'AUTHORISATION', pspReference: '79', originalReference: '' })],
};
