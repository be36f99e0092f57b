import { render } from './preset.ts';
import type { Sample } from '../sample.ts';

export const renderSample: Sample = {
  source: render(),
  key: { secret: 'whsec_Wm9uZSBvZiB0aGUgcmVuZGVyIHNlY3JldHM=' },
  covers: 'body',
  request: (now) => ({
    body: JSON.stringify({
      type: 'deploy_ended',
      timestamp: now.toISOString(),
      data: {
        id: 'evt-cph1rs3idesc73a2b2mg',
        serviceId: 'srv-cukouhrtq21c73e9scng',
        serviceName: 'größe',
        status: 'succeeded',
      },
    }),
    headers: { 'webhook-id': 'evt-cph1rs3idesc73a2b2mg' },
  }),
  events: [{ eventId: 'evt-cph1rs3idesc73a2b2mg', type: 'deploy_ended', lane: 'srv-cukouhrtq21c73e9scng' }],
};
