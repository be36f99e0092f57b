import { byField, json, type Happenings } from '../happenings.ts';

export const chargebeeHappenings: Happenings = {
  id: '`id`',
  differ: 'each event has its own',
  ...byField('id', {
    event_type: 'subscription_changed',
    occurred_at: 1,
    content: { subscription: { id: 's' } },
  }),
  sameLane: [
    json({
      id: 'c',
      event_type: 'invoice_generated',
      content: { invoice: { id: 'i' }, subscription: { id: 's' } },
    }),
  ],
};
