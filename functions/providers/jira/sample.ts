import { jira } from './preset.ts';
import type { Sample } from '../sample.ts';

export const jiraSample: Sample = {
  source: jira(),
  key: { secret: 'a secret of your own' },
  covers: 'body',
  request: (now) => ({
    body: JSON.stringify({
      timestamp: now.getTime(),
      webhookEvent: 'jira:issue_updated',
      issue: { id: '99291', key: 'JRA-20002', fields: { summary: 'Grüße' } },
    }),
    headers: {
      'x-atlassian-webhook-identifier': '5a8bbf6e-3d5c-4b0c-9d1c-9b8e5d5b9a10',
      'x-atlassian-webhook-flow': 'Primary',
    },
  }),
  events: [{ eventId: '5a8bbf6e-3d5c-4b0c-9d1c-9b8e5d5b9a10', type: 'jira:issue_updated', lane: '99291' }],
};
