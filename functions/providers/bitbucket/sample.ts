import { bitbucket } from './preset.ts';
import type { Sample } from '../sample.ts';

export const bitbucketSample: Sample = {
  source: bitbucket(),
  key: { secret: "It's a Secret to Everybody" },
  covers: 'body',
  request: () => ({
    body: JSON.stringify({
      actor: { nickname: 'emma' },
      repository: { uuid: '{673a6070-3421-46c9-9d48-90745f7bfe8e}', full_name: 'team/repo' },
      pullrequest: { id: 1, title: 'Grüße', state: 'OPEN' },
    }),
    headers: {
      'x-event-key': 'pullrequest:created',
      'x-request-uuid': '5e2cbbf0-9a0b-4a6a-8f7e-3f6f5e0a8c11',
      'x-attempt-number': '1',
    },
  }),
  events: [
    {
      eventId: '5e2cbbf0-9a0b-4a6a-8f7e-3f6f5e0a8c11',
      type: 'pullrequest:created',
      lane: '{673a6070-3421-46c9-9d48-90745f7bfe8e}/1',
    },
  ],
};
