import { createHash } from 'node:crypto';
import { signJwt } from '../../signatures/sign-jwt.ts';
import { withHeader } from '../../signatures/with-header.ts';
import { fusionauth } from './preset.ts';
import type { Sample } from '../sample.ts';

export const fusionauthSample: Sample = {
  source: fusionauth(),
  key: { secret: 'a secret of your own' },
  covers: 'body',
  request: () => ({
    body: JSON.stringify({
      event: {
        id: 'e8ff',
        type: 'user.update',
        createInstant: 1772366400000,
        user: { id: 'u1', email: 'jürgen@example.com' },
      },
    }),
  }),
  sign: (request, { secret }) => {
    const digest = createHash('sha256').update(request.body).digest('base64');
    return withHeader(
      request,
      'x-fusionauth-signature-jwt',
      signJwt({ request_body_sha256: digest }, secret),
    );
  },
  events: [{ eventId: 'e8ff', type: 'user.update', lane: 'u1' }],
};
