import { byField, json, type Happenings } from '../happenings.ts';

export const authorizeNetHappenings: Happenings = {
  id: '`notificationId`',
  differ: 'each notification has its own',
  ...byField('notificationId', {
    eventType: 'net.authorize.payment.capture.created',
    payload: { id: '1' },
  }),
  sameLane: [
    json({ notificationId: 'c', eventType: 'net.authorize.payment.refund.created', payload: { id: '1' } }),
  ],
};
