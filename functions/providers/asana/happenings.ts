import { json, type Happenings } from '../happenings.ts';

const asana = (...events: object[]) => json({ events });
const change = {
  action: 'changed',
  created_at: '2026-03-01T12:00:00.000Z',
  resource: { gid: '1', resource_type: 'task' },
};

export const asanaHappenings: Happenings = {
  id: 'resource, action, millisecond, and digest of the event',
  differ: 'anything in the event, such as the field that changed',
  repeats: 'two events that are equal to the byte within one millisecond',
  first: asana({ ...change, change: { field: 'name' } }),
  second: asana({ ...change, change: { field: 'notes' } }),
  sameLane: [
    asana({
      action: 'added',
      created_at: '2026-03-01T12:00:00.000Z',
      resource: { gid: '2', resource_type: 'story' },
      parent: { gid: '1', resource_type: 'task' },
    }),
  ],
};
