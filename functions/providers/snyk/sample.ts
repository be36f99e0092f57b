import { snyk } from './preset.ts';
import type { Sample } from '../sample.ts';

export const snykSample: Sample = {
  source: snyk(),
  key: { secret: 'a secret of your own' },
  covers: 'body',
  request: () => ({
    body: JSON.stringify({ project: { id: 'p1', name: 'snyk/goof' }, newIssues: [], removedIssues: [] }),
    headers: { 'x-snyk-event': 'project_snapshot/v0', 'x-snyk-transport-id': 'd6c8' },
  }),
  events: [{ eventId: 'd6c8', type: 'project_snapshot/v0', lane: 'p1' }],
};
