import { slack } from './preset.ts';
import type { Sample } from '../sample.ts';

export const slackSample: Sample = {
  source: slack(),
  key: { secret: '8f742231b10e8888abcd99yyyzzz85a5' },
  covers: 'body',
  request: () => ({
    body: JSON.stringify({
      type: 'event_callback',
      event_id: 'Ev0PV52K21',
      team_id: 'T1DC2JH3J',
      event: {
        type: 'message',
        channel: 'C024BE91L',
        thread_ts: '1355517500.000003',
        ts: '1355517523.000005',
        text: 'ü',
      },
    }),
  }),
  events: [{ eventId: 'Ev0PV52K21', type: 'message', lane: 'T1DC2JH3J/C024BE91L/1355517500.000003' }],
};
