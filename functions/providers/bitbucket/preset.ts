import { joined } from '../../sources/event-keys.ts';
import { preset } from '../preset.ts';
import { hmac } from '../../signatures/hmac.ts';

interface Repository {
  /** Of Bitbucket Cloud. */
  readonly uuid?: string;
  readonly full_name?: string;
  /** Of Bitbucket Data Center. */
  readonly id?: number;
  readonly [field: string]: unknown;
}

/** What the payloads of Bitbucket Cloud and Data Center share; which event it is stands in the `X-Event-Key` header. */
export interface BitbucketEvent {
  readonly repository?: Repository;
  /** Of Bitbucket Data Center. */
  readonly pullRequest?: {
    readonly id: number;
    readonly toRef?: { readonly repository?: Repository };
    readonly [field: string]: unknown;
  };
  readonly pullrequest?: { readonly id: number; readonly [field: string]: unknown };
  readonly issue?: { readonly id: number; readonly [field: string]: unknown };
  readonly [field: string]: unknown;
}

/** Pull requests and issues are numbered apart. */
function lane({ body: { repository, pullrequest, pullRequest, issue } }: { body: BitbucketEvent }) {
  const place = repository ?? pullRequest?.toRef?.repository;
  const where = place?.uuid ?? place?.id;
  if (issue !== undefined) return joined(where, 'issue', issue.id);
  const request = pullrequest ?? pullRequest;
  return request === undefined ? where : joined(where, request.id);
}

/** Bitbucket Cloud and Data Center. Lane: the pull request or issue in its repository, else the repository. */
export const bitbucket = preset<BitbucketEvent>(
  {
    name: 'bitbucket',
    title: 'Bitbucket',
    page: 'https://support.atlassian.com/bitbucket-cloud/docs/manage-webhooks/',
    confidence: 'vector',
    secret: 'the secret of the webhook',
    acknowledgeWithinSeconds: 10,
    unsigned: 'the request id and the name of the event (headers)',
  },
  {
    verify: hmac({ algorithm: 'sha256', header: 'x-hub-signature', prefix: 'sha256=', encoding: 'hex' }),
    // Cloud, and Data Center.
    id: ({ headers }) => headers['x-request-uuid'] ?? headers['x-request-id'],
    type: 'header:X-Event-Key',
    lane,
  },
);
