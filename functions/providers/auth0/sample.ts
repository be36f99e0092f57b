import { auth0 } from './preset.ts';
import type { Sample } from '../sample.ts';

export const auth0Sample: Sample = {
  source: auth0(),
  key: { secret: 'Bearer a-token-of-your-own' },
  covers: 'nothing',
  request: (now) => ({
    body: JSON.stringify([
      {
        log_id: '90020260228000000000001',
        data: { type: 's', date: now.toISOString(), user_id: 'auth0|507f1f77bcf86cd799439011' },
      },
      { log_id: '90020260228000000000002', data: { type: 'sapi', date: now.toISOString() } },
    ]),
  }),
  sign: (request, { secret }) => ({ ...request, headers: { ...request.headers, authorization: secret } }),
  events: [
    { eventId: '90020260228000000000001', type: 's', lane: 'auth0|507f1f77bcf86cd799439011' },
    { eventId: '90020260228000000000002', type: 'sapi', lane: '90020260228000000000002' },
  ],
};
