import { json, type Happenings } from '../happenings.ts';

export const coinbaseCommerceHappenings: Happenings = {
  id: '`event.id`',
  differ: 'each event has its own; `attempt_number` grows in retries',
  first: json({ attempt_number: 1, event: { id: 'a', type: 'charge:pending', data: { id: 'c' } } }),
  second: json({ attempt_number: 1, event: { id: 'b', type: 'charge:pending', data: { id: 'c' } } }),
  again: json({ attempt_number: 2, event: { id: 'a', type: 'charge:pending', data: { id: 'c' } } }),
  sameLane: [json({ event: { id: 'd', type: 'charge:confirmed', data: { id: 'c' } } })],
};
