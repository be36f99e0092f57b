import { preset } from '../preset.ts';
import { channel, channelToken, type GoogleChange } from '../google-calendar/channel.ts';

/** Google Drive. Type: `add`, `update`, `trash`, …, of a whole drive `change`; `X-Goog-Changed` says what. Lane: what is watched. */
export const googleDrive = preset<GoogleChange>(
  {
    name: 'google-drive',
    title: 'Google Drive',
    page: 'https://developers.google.com/workspace/drive/api/guides/push',
    confidence: 'documentation',
    secret: channelToken,
    unsigned: 'everything: a token says who calls, not what was sent',
  },
  channel,
);
