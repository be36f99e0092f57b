import { json, type Happenings } from '../happenings.ts';

const pagerduty = (id: string, event_type: string, data: object) => json({ event: { id, event_type, data } });

export const pagerdutyHappenings: Happenings = {
  id: '`event.id`',
  differ: 'each event has its own and keeps it in retries',
  first: pagerduty('a', 'incident.triggered', { id: 'P', type: 'incident' }),
  second: pagerduty('b', 'incident.triggered', { id: 'P', type: 'incident' }),
  sameLane: [
    pagerduty('c', 'incident.annotated', { id: 'N', type: 'incident_note', incident: { id: 'P' } }),
    pagerduty('d', 'incident.status_update_published', {
      id: 'S',
      type: 'incident_status_update',
      incident: { id: 'P' },
    }),
  ],
};
