import { byField, json, type Happenings } from '../happenings.ts';

export const typeformHappenings: Happenings = {
  id: '`event_id`',
  differ: 'each event has its own and keeps it in retries',
  ...byField('event_id', { event_type: 'form_response', form_response: { token: 't' } }),
  sameLane: [json({ event_id: 'c', event_type: 'form_response_partial', form_response: { token: 't' } })],
};
