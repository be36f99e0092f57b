import { stripeThin } from './preset.ts';
import type { Sample } from '../sample.ts';

export const stripeThinSample: Sample = {
  source: stripeThin(),
  key: { secret: 'whsec_c2FtcGxlIHNlY3JldA' },
  covers: 'body',
  request: (now) => ({
    body: JSON.stringify({
      id: 'evt_test_65Sample',
      object: 'v2.core.event',
      type: 'v1.billing.meter.error_report_triggered',
      created: now.toISOString(),
      livemode: false,
      related_object: {
        id: 'mtr_test_61Sample',
        type: 'billing.meter',
        url: '/v1/billing/meters/mtr_test_61Sample',
      },
    }),
  }),
  events: [
    {
      eventId: 'evt_test_65Sample',
      type: 'v1.billing.meter.error_report_triggered',
      lane: 'mtr_test_61Sample',
    },
  ],
};
