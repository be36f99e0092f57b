import { zoom } from './preset.ts';
import type { Sample } from '../sample.ts';

export const zoomSample: Sample = {
  source: zoom(),
  key: { secret: 'a secret token that Zoom made' },
  covers: 'body',
  request: () => ({
    body: JSON.stringify({
      event: 'meeting.participant_joined',
      event_ts: 1772366400000,
      payload: {
        account_id: 'AAAAAABBBB',
        object: {
          uuid: '4444AAAiAAAAAiAiAiiAii==',
          id: '1234567890',
          participant: {
            user_id: '1234567890123',
            participant_uuid: '55555AAAiAAAAAiAiAiiAii',
            user_name: 'Ü',
          },
        },
      },
    }),
  }),
  events: [
    {
      type: 'meeting.participant_joined',
      lane: '4444AAAiAAAAAiAiAiiAii==',
    },
  ],
};
