import { createHash } from 'node:crypto';
import { netlify } from './preset.ts';
import { signJwt } from '../../signatures/sign-jwt.ts';
import { withHeader } from '../../signatures/with-header.ts';
import type { Sample } from '../sample.ts';

export const netlifySample: Sample = {
  source: netlify(),
  key: { secret: 'a secret of your own' },
  covers: 'body',
  request: (now) => ({
    body: JSON.stringify({
      id: '5ebc34bf4fea0b01f02efa3a',
      site_id: 'fa4dd95a-994e-4f89-8a7a-2d9e9fc36a32',
      state: 'ready',
      name: 'grüße',
      updated_at: now.toISOString(),
      locked: null,
    }),
    headers: { 'x-netlify-event': 'deploy_created' },
  }),
  sign: (request, { secret }) => {
    const sha256 = createHash('sha256').update(request.body).digest('hex');
    return withHeader(request, 'x-webhook-signature', signJwt({ iss: 'netlify', sha256 }, secret));
  },
  events: [
    {
      type: 'ready',
      lane: 'fa4dd95a-994e-4f89-8a7a-2d9e9fc36a32',
    },
  ],
};
