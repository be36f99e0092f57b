import { preset } from '../preset.ts';
import { channel, channelToken, type GoogleChange } from './channel.ts';

export type { GoogleChange } from './channel.ts';

/** Google Calendar, whose notifications have no body: list what changed since the last sync token. Type: `exists`, `not_exists`. Lane: what is watched. */
export const googleCalendar = preset<GoogleChange>(
  {
    name: 'google-calendar',
    title: 'Google Calendar',
    page: 'https://developers.google.com/workspace/calendar/api/guides/push',
    confidence: 'documentation',
    secret: channelToken,
    unsigned: 'everything: a token says who calls, not what was sent',
  },
  channel,
);
