import { github } from './preset.ts';
import type { Sample } from '../sample.ts';

export const githubSample: Sample = {
  source: github(),
  key: { secret: 'a secret of your own' },
  covers: 'body',
  request: () => ({
    body: JSON.stringify({
      action: 'opened',
      issue: { number: 7, title: 'It works: ü' },
      repository: { id: 186853002, full_name: 'octocat/hello-world' },
      sender: { id: 21031067, login: 'octocat' },
    }),
    headers: { 'x-github-event': 'issues', 'x-github-delivery': '72d3162e-cc78-11e3-81ab-4c9367dc0958' },
  }),
  events: [{ eventId: '72d3162e-cc78-11e3-81ab-4c9367dc0958', type: 'issues.opened', lane: '186853002/7' }],
};
