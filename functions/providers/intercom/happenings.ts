import { json, type Happenings } from '../happenings.ts';

const intercom = { topic: 'contact.tag.created', created_at: 1, id: null, delivery_attempts: 1 };

export const intercomHappenings: Happenings = {
  id: '`id`; without one the digest of the body without what counts its deliveries',
  differ: 'each notification has its own; without one the second and the item',
  repeats: 'without an id: two that are equal within one second',
  first: json({
    ...intercom,
    data: { item: { type: 'contact_tag', tag: { id: '1' }, contact: { id: 'c' } } },
  }),
  second: json({
    ...intercom,
    data: { item: { type: 'contact_tag', tag: { id: '2' }, contact: { id: 'c' } } },
  }),
  again: json({
    ...intercom,
    delivery_attempts: 2,
    data: { item: { type: 'contact_tag', tag: { id: '1' }, contact: { id: 'c' } } },
  }),
  sameLane: [json({ id: 'n', topic: 'contact.user.updated', data: { item: { type: 'contact', id: 'c' } } })],
};
