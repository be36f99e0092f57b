import { json, type Happenings } from '../happenings.ts';

export const sendgridHappenings: Happenings = {
  id: '`sg_event_id`',
  differ: 'each event has its own',
  first: json([{ sg_event_id: 'a', sg_message_id: 'm', event: 'open', timestamp: 1 }]),
  second: json([{ sg_event_id: 'b', sg_message_id: 'm', event: 'open', timestamp: 1 }]),
  sameLane: [json([{ sg_event_id: 'c', sg_message_id: 'm', event: 'click', timestamp: 1 }])],
};
