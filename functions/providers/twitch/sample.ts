import { twitch } from './preset.ts';
import type { Sample } from '../sample.ts';

export const twitchSample: Sample = {
  source: twitch(),
  key: { secret: 's3cRe7-of-your-own' },
  covers: 'body',
  request: (now) => ({
    body: JSON.stringify({
      subscription: {
        id: 'f1c2a387-161a-49f9-a165-0f21d7a4e1c4',
        type: 'channel.follow',
        version: '2',
        status: 'enabled',
        condition: { broadcaster_user_id: '12826', moderator_user_id: '12826' },
      },
      event: { user_id: '1337', user_name: 'Ü', followed_at: now.toISOString() },
    }),
    headers: {
      'twitch-eventsub-message-id': 'e76c6bd4-55c9-4987-8304-da1588d8988b',
      'twitch-eventsub-message-type': 'notification',
      'twitch-eventsub-subscription-type': 'channel.follow',
    },
  }),
  events: [{ eventId: 'e76c6bd4-55c9-4987-8304-da1588d8988b', type: 'channel.follow', lane: '12826' }],
};
