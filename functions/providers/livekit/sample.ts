import { createHash } from 'node:crypto';
import { signJwt } from '../../signatures/sign-jwt.ts';
import { withHeader } from '../../signatures/with-header.ts';
import { livekit } from './preset.ts';
import type { Sample } from '../sample.ts';

export const livekitSample: Sample = {
  source: livekit(),
  key: { secret: 'a secret of your own' },
  covers: 'body',
  request: () => ({
    contentType: 'application/webhook+json',
    body: JSON.stringify({
      event: 'participant_joined',
      id: 'EV_1',
      createdAt: '1772366400',
      room: { sid: 'RM_1', name: 'saal' },
      participant: { identity: 'jürgen' },
    }),
  }),
  sign: (request, { secret }, now) => {
    const sha256 = createHash('sha256').update(request.body).digest('base64');
    const exp = Math.floor(now.getTime() / 1000) + 300;
    return withHeader(request, 'authorization', signJwt({ iss: 'API1', exp, sha256 }, secret));
  },
  events: [{ eventId: 'EV_1', type: 'participant_joined', lane: 'saal' }],
};
