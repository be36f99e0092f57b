import { joined } from '../event-keys.ts';
import { preset } from '../preset.ts';
import { hmac } from '../verify/hmac.ts';

/** What Bitbucket's payloads share; which event it is stands in the `X-Event-Key` header. */
export interface BitbucketEvent {
  readonly repository?: {
    readonly uuid: string;
    readonly full_name: string;
    readonly [field: string]: unknown;
  };
  readonly pullrequest?: { readonly id: number; readonly [field: string]: unknown };
  readonly issue?: { readonly id: number; readonly [field: string]: unknown };
  readonly [field: string]: unknown;
}

/** Pull requests and issues are numbered apart. */
function lane({ body: { repository, pullrequest, issue } }: { body: BitbucketEvent }) {
  if (issue !== undefined) return joined(repository?.uuid, 'issue', issue.id);
  return pullrequest === undefined ? repository?.uuid : joined(repository?.uuid, pullrequest.id);
}

/** Bitbucket Cloud. Lane: the pull request or issue in its repository, else the repository. */
export const bitbucket = preset<BitbucketEvent>(
  {
    name: 'bitbucket',
    title: 'Bitbucket',
    page: 'https://support.atlassian.com/bitbucket-cloud/docs/manage-webhooks/',
    confidence: 'second-hand',
    secret: 'the secret of the webhook',
    acknowledgeWithinSeconds: 10,
    unsigned: 'the request id and the name of the event (headers)',
  },
  {
    verify: hmac({ algorithm: 'sha256', header: 'x-hub-signature', prefix: 'sha256=', encoding: 'hex' }),
    id: 'header:X-Request-UUID',
    type: 'header:X-Event-Key',
    lane,
  },
);
