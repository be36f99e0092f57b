import { signJwt } from '../../signatures/sign-jwt.ts';
import { withHeader } from '../../signatures/with-header.ts';
import type { Sample } from '../sample.ts';
import { monday } from './preset.ts';

export const mondaySample: Sample = {
  source: monday(),
  key: { secret: 'a signing secret of your own' },
  covers: 'nothing',
  request: (now) => ({
    body: JSON.stringify({
      event: {
        userId: 9603417,
        boardId: 1771812698,
        pulseId: 1772099344,
        pulseName: 'Grüße',
        app: 'monday',
        type: 'create_pulse',
        triggerTime: now.toISOString(),
        subscriptionId: 73759690,
        triggerUuid: 'b5ed2e17c530f43668de130142445cba',
      },
    }),
  }),
  sign(request, { secret }, now) {
    const issuedAt = Math.floor(now.getTime() / 1000);
    const claims = {
      accountId: 1825529,
      userId: 9603417,
      aud: 'https://hooks.example.com/webhooks/monday',
      exp: issuedAt + 300,
      iat: issuedAt,
    };
    return withHeader(request, 'authorization', signJwt(claims, secret));
  },
  events: [
    {
      eventId: 'b5ed2e17c530f43668de130142445cba/73759690',
      type: 'create_pulse',
      lane: '1771812698/1772099344',
    },
  ],
};
