import { createHash } from 'node:crypto';
import { discordEvents } from './preset.ts';
import { sampleEd25519Keys } from '../../signatures/sample-ed25519-keys.ts';
import type { Sample } from '../sample.ts';

const body = JSON.stringify({
  version: 1,
  application_id: '1234560123453231555',
  type: 1,
  event: {
    type: 'ENTITLEMENT_CREATE',
    timestamp: '2026-03-01T12:00:00.000000',
    data: { id: '1234505980407808808', sku_id: '1234505980407808808', user_id: '111178765189277770' },
  },
});

export const discordEventsSample: Sample = {
  source: discordEvents(),
  key: { secret: sampleEd25519Keys.publicHex, privateKey: sampleEd25519Keys.privateKey },
  covers: 'body',
  request: () => ({ body }),
  events: [
    {
      eventId: createHash('sha256').update(body).digest('hex'),
      type: 'ENTITLEMENT_CREATE',
      lane: '1234505980407808808',
    },
  ],
};
