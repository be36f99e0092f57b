import { json, type Happenings } from '../happenings.ts';

const payload = { data: { relationships: { profile: { data: { id: 'p' } } } } };

export const klaviyoHappenings: Happenings = {
  id: '`topic` and `external_id`',
  differ: 'each event has an id of its own',
  first: json({ data: [{ external_id: 'a', topic: 'event:klaviyo.opened_email', payload }] }),
  second: json({ data: [{ external_id: 'b', topic: 'event:klaviyo.opened_email', payload }] }),
  sameLane: [json({ data: [{ external_id: 'a', topic: 'event:klaviyo.clicked_email', payload }] })],
};
