import { createHash } from 'node:crypto';
import { vonage } from './preset.ts';
import { signJwt } from '../../signatures/sign-jwt.ts';
import { withHeader } from '../../signatures/with-header.ts';
import type { Sample } from '../sample.ts';

export const vonageSample: Sample = {
  source: vonage(),
  key: { secret: 'the signature secret of an account' },
  covers: 'body',
  request: (now) => ({
    body: JSON.stringify({
      message_uuid: 'aaaaaaaa-bbbb-cccc-dddd-0123456789ab',
      to: '447700900000',
      from: '447700900001',
      timestamp: now.toISOString(),
      status: 'delivered',
      channel: 'sms',
      client_ref: 'ü',
    }),
  }),
  sign: (request, { secret }, now) => {
    const claims = {
      iat: Math.floor(now.getTime() / 1000),
      iss: 'Vonage',
      payload_hash: createHash('sha256').update(request.body).digest('hex'),
    };
    return withHeader(request, 'authorization', `Bearer ${signJwt(claims, secret)}`);
  },
  events: [
    {
      type: 'delivered',
      lane: 'aaaaaaaa-bbbb-cccc-dddd-0123456789ab',
    },
  ],
};
