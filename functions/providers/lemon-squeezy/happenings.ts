import { json, type Happenings } from '../happenings.ts';

export const lemonSqueezyHappenings: Happenings = {
  id: 'digest of the bytes',
  differ: 'name of the event, and the resource with the microsecond of its last change',
  repeats: 'the same webhook sent again by hand',
  first: json({
    meta: { event_name: 'subscription_updated' },
    data: { type: 'subscriptions', id: '1', attributes: { updated_at: '2026-03-01T12:00:00.000000Z' } },
  }),
  second: json({
    meta: { event_name: 'subscription_updated' },
    data: { type: 'subscriptions', id: '1', attributes: { updated_at: '2026-03-01T12:00:00.000001Z' } },
  }),
  sameLane: [
    json({
      meta: { event_name: 'subscription_cancelled' },
      data: { type: 'subscriptions', id: '1', attributes: {} },
    }),
  ],
};
