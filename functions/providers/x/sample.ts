import { x } from './preset.ts';
import type { Sample } from '../sample.ts';

export const xSample: Sample = {
  source: x(),
  key: { secret: 'the consumer secret of an app' },
  covers: 'body',
  request: (now) => ({
    body: JSON.stringify({
      for_user_id: '2244994945',
      user_has_blocked: false,
      tweet_create_events: [
        { id_str: '1346889436626259968', text: 'Grüße', timestamp_ms: String(now.getTime()) },
        { id_str: '1346889436626259969', text: 'Hello', timestamp_ms: String(now.getTime()) },
      ],
    }),
  }),
  events: [
    {
      eventId: 'tweet_create_events/2244994945/1346889436626259968',
      type: 'tweet_create_events',
      lane: '2244994945',
    },
    {
      eventId: 'tweet_create_events/2244994945/1346889436626259969',
      type: 'tweet_create_events',
      lane: '2244994945',
    },
  ],
};
