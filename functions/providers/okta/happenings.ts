import { json, type Happenings } from '../happenings.ts';

export const oktaHappenings: Happenings = {
  id: '`uuid`',
  differ: 'each event has its own',
  first: json({
    data: { events: [{ uuid: 'a', eventType: 'user.session.start', target: [{ id: 'u' }] }] },
  }),
  second: json({
    data: { events: [{ uuid: 'b', eventType: 'user.session.start', target: [{ id: 'u' }] }] },
  }),
  sameLane: [
    json({ data: { events: [{ uuid: 'c', eventType: 'user.lifecycle.suspend', target: [{ id: 'u' }] }] } }),
  ],
};
