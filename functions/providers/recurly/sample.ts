import { recurly } from './preset.ts';
import type { Sample } from '../sample.ts';

export const recurlySample: Sample = {
  source: recurly(),
  key: { secret: 'a1b2c3d4e5f6a7b8c9d0' },
  covers: 'body',
  request: () => ({
    body: JSON.stringify({
      id: 'tdyq6zh6nw3t',
      object_type: 'subscription',
      site_id: 'r3ozmfe6m4ta',
      event_type: 'renewed',
      event_time: '2026-01-15T09:30:00Z',
      uuid: '6a2d9b2f4f5a4fb0a1cfc4c1b3b0a1d2',
      account_code: 'acct-4711',
    }),
  }),
  events: [
    {
      eventId: 'e8e558101643f5cfd7d7a75f2d694977b79af42eefe05a39b39788c4d3ddd08f',
      type: 'subscription.renewed',
      lane: 'acct-4711',
    },
  ],
};
