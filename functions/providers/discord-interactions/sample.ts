import { discordInteractions } from './preset.ts';
import { sampleEd25519Keys } from '../../signatures/sample-ed25519-keys.ts';
import type { Sample } from '../sample.ts';

export const discordInteractionsSample: Sample = {
  source: discordInteractions(),
  key: { secret: sampleEd25519Keys.publicHex, privateKey: sampleEd25519Keys.privateKey },
  covers: 'body',
  request: () => ({
    body: JSON.stringify({
      id: '786008729715212338',
      application_id: '1234560123453231555',
      type: 2,
      token: 'A_UNIQUE_TOKEN',
      channel_id: '645027906669510667',
      guild_id: '290926798626357999',
      data: { id: '771825006014889984', name: 'grüße', type: 1 },
    }),
  }),
  events: [{ eventId: '786008729715212338', type: 'application-command', lane: '645027906669510667' }],
};
