import { gocardless } from './preset.ts';
import type { Sample } from '../sample.ts';

export const gocardlessSample: Sample = {
  source: gocardless(),
  key: { secret: 'ED7D658C-D8EB-4941-948B-3973214F2D49' },
  covers: 'body',
  request: (now) => ({
    body: JSON.stringify({
      events: [
        {
          id: 'EV00BD05S5VM2T',
          created_at: now.toISOString(),
          resource_type: 'payments',
          action: 'confirmed',
          links: { payment: 'PM0001' },
        },
        {
          id: 'EV00BD05TB8K63',
          created_at: now.toISOString(),
          resource_type: 'mandates',
          action: 'active',
          links: { mandate: 'MD0001', organisation: 'OR0001' },
        },
      ],
      meta: { webhook_id: 'WB123' },
    }),
  }),
  events: [
    { eventId: 'EV00BD05S5VM2T', type: 'payments.confirmed', lane: 'PM0001' },
    { eventId: 'EV00BD05TB8K63', type: 'mandates.active', lane: 'MD0001' },
  ],
};
