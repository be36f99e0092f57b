import { pagerduty } from './preset.ts';
import type { Sample } from '../sample.ts';

export const pagerdutySample: Sample = {
  source: pagerduty(),
  key: { secret: 'a secret that PagerDuty made' },
  covers: 'body',
  request: (now) => ({
    body: JSON.stringify({
      event: {
        id: '01DEDEP5GKVXRMGJ8MHHHQFHVT',
        event_type: 'incident.acknowledged',
        resource_type: 'incident',
        occurred_at: now.toISOString(),
        data: { id: 'PGR0VU2', type: 'incident', number: 2, title: 'Grüße' },
      },
    }),
  }),
  events: [{ eventId: '01DEDEP5GKVXRMGJ8MHHHQFHVT', type: 'incident.acknowledged', lane: 'PGR0VU2' }],
};
