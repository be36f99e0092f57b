import { byField, json, type Happenings } from '../happenings.ts';

export const adobeSignHappenings: Happenings = {
  id: '`webhookNotificationId`',
  differ: 'each notification has its own',
  ...byField('webhookNotificationId', { event: 'AGREEMENT_MODIFIED', agreement: { id: 'g' } }),
  sameLane: [
    json({ webhookNotificationId: 'c', event: 'AGREEMENT_ACTION_COMPLETED', agreement: { id: 'g' } }),
  ],
};
