import { json, type Happenings } from '../happenings.ts';

export const closeHappenings: Happenings = {
  id: '`event.id`',
  differ: 'each event has its own',
  first: json({ event: { id: 'a', object_type: 'lead', object_id: 'l', lead_id: 'l', action: 'updated' } }),
  second: json({
    event: { id: 'b', object_type: 'lead', object_id: 'l', lead_id: 'l', action: 'updated' },
  }),
  sameLane: [
    json({ event: { id: 'c', object_type: 'note', object_id: 'n', lead_id: 'l', action: 'created' } }),
  ],
};
