import { byHeader, json, type Happenings } from '../happenings.ts';

export const twitchHappenings: Happenings = {
  id: '`Twitch-Eventsub-Message-Id`, and the id of the event in a batch',
  differ: 'each message has its own and keeps it in retries',
  ...byHeader('twitch-eventsub-message-id', {
    subscription: { type: 'channel.follow', status: 'enabled', condition: { broadcaster_user_id: '1' } },
    event: {},
  }),
  sameLane: [
    json(
      {
        subscription: { type: 'stream.online', status: 'enabled', condition: { broadcaster_user_id: '1' } },
        event: {},
      },
      { 'twitch-eventsub-message-id': 'c' },
    ),
  ],
};
