import { json, type Happenings } from '../happenings.ts';

export const eventGridHappenings: Happenings = {
  id: '`id` and `topic`',
  differ: 'each event of a topic has its own',
  first: json([{ id: 'a', topic: 't', subject: 's', eventType: 'x' }]),
  second: json([{ id: 'b', topic: 't', subject: 's', eventType: 'x' }]),
  sameLane: [json([{ id: 'c', topic: 't', subject: 's', eventType: 'y' }])],
};
