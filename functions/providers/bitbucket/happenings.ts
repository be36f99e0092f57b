import { byHeader, json, type Happenings } from '../happenings.ts';

export const bitbucketHappenings: Happenings = {
  id: '`X-Request-UUID`; of Data Center `X-Request-Id`',
  differ: 'each request has its own and keeps it in retries',
  ...byHeader(
    'x-request-uuid',
    { repository: { uuid: '{r}' }, pullrequest: { id: 1 } },
    { 'x-event-key': 'pullrequest:updated' },
  ),
  sameLane: [
    json(
      { repository: { uuid: '{r}' }, pullrequest: { id: 1 }, comment: {} },
      { 'x-request-uuid': 'c', 'x-event-key': 'pullrequest:comment_created' },
    ),
  ],
};
