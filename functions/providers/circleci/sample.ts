import { circleci } from './preset.ts';
import type { Sample } from '../sample.ts';

export const circleciSample: Sample = {
  source: circleci(),
  key: { secret: 'a secret of your own' },
  covers: 'body',
  request: (now) => ({
    body: JSON.stringify({
      id: '3888f21b-eaa7-38e3-8f3d-75a63bba8895',
      type: 'workflow-completed',
      happened_at: now.toISOString(),
      workflow: { id: 'fda08377-fe7e-46b1-8992-3a7aaecac9c3', name: 'build-test-deploy', status: 'success' },
      project: { id: '84996744-a854-4f5e-aea3-04e2851dc1d2', name: 'grüße' },
    }),
    headers: { 'circleci-event-type': 'workflow-completed' },
  }),
  events: [
    {
      eventId: '3888f21b-eaa7-38e3-8f3d-75a63bba8895',
      type: 'workflow-completed',
      lane: 'fda08377-fe7e-46b1-8992-3a7aaecac9c3',
    },
  ],
};
