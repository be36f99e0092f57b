import { authorizeNet } from './preset.ts';
import type { Sample } from '../sample.ts';

export const authorizeNetSample: Sample = {
  source: authorizeNet(),
  key: {
    secret:
      '56E529FE6C63D60E545F84686096E6A1DFC6B6C5B9C6F2B1D8A4F3E2C1B0A998877665544332211000FFEEDDCCBBAA99887766554433221100FEDCBA98765432',
  },
  covers: 'body',
  request: (now) => ({
    body: JSON.stringify({
      notificationId: 'd0e8e7fe-c3e7-4add-a480-27bc5ce28a18',
      eventType: 'net.authorize.payment.authcapture.created',
      eventDate: now.toISOString(),
      webhookId: '63d6fea2-aa13-4b1d-a204-f5fbc15942b7',
      payload: { responseCode: 1, entityName: 'transaction', id: '60020981676', authAmount: 45 },
    }),
  }),
  events: [
    {
      eventId: 'd0e8e7fe-c3e7-4add-a480-27bc5ce28a18',
      type: 'net.authorize.payment.authcapture.created',
      lane: '60020981676',
    },
  ],
};
