import { vercel } from './preset.ts';
import type { Sample } from '../sample.ts';

export const vercelSample: Sample = {
  source: vercel(),
  key: { secret: 'a secret that Vercel made' },
  covers: 'body',
  request: (now) => ({
    body: JSON.stringify({
      id: 'uev_Zm9vYmFy',
      type: 'deployment.succeeded',
      createdAt: now.getTime(),
      payload: {
        deployment: { id: 'dpl_2Ub6y', name: 'grüße', url: 'gruesse.vercel.app' },
        project: { id: 'prj_9Xk' },
      },
      region: 'sfo1',
    }),
  }),
  events: [{ eventId: 'uev_Zm9vYmFy', type: 'deployment.succeeded', lane: 'dpl_2Ub6y' }],
};
