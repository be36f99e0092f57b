import { form, json, type Happenings } from '../happenings.ts';

export const mailgunHappenings: Happenings = {
  id: '`event-data.id`; of a form its token',
  differ: 'each event has its own',
  first: json({ 'event-data': { id: 'a', event: 'opened', message: { headers: { 'message-id': 'm' } } } }),
  second: json({ 'event-data': { id: 'b', event: 'opened', message: { headers: { 'message-id': 'm' } } } }),
  sameLane: [form({ event: 'clicked', token: 't', 'Message-Id': 'm' })],
};
