import { byField, json, type Happenings } from '../happenings.ts';

export const notionHappenings: Happenings = {
  id: '`id`',
  differ: 'each event has its own; `attempt_number` grows in retries',
  ...byField('id', { type: 'page.content_updated', entity: { id: 'p', type: 'page' } }),
  again: json({
    type: 'page.content_updated',
    entity: { id: 'p', type: 'page' },
    attempt_number: 2,
    id: 'a',
  }),
  sameLane: [
    json({
      id: 'c',
      type: 'comment.created',
      entity: { id: 'k', type: 'comment' },
      data: { page_id: 'p' },
    }),
  ],
};
