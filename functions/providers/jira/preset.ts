import { bodyHash, joined } from '../../sources/event-keys.ts';
import { lookUp } from '../../body/path.ts';
import { preset } from '../preset.ts';
import { hmac } from '../../signatures/hmac.ts';

export interface JiraEvent {
  /** Milliseconds. */
  readonly timestamp: number;
  /** `jira:issue_updated`, `comment_created`, … */
  readonly webhookEvent: string;
  readonly issue?: { readonly id: string; readonly key: string; readonly [field: string]: unknown };
  readonly worklog?: { readonly issueId: string; readonly [field: string]: unknown };
  readonly issueLink?: {
    readonly sourceIssueId: number;
    readonly destinationIssueId: number;
    readonly [field: string]: unknown;
  };
  readonly [field: string]: unknown;
}

const others = ['project', 'sprint', 'version', 'board', 'user'];

/** The issue, also of a worklog and (of the two) of a link; else the project, sprint, version, board or user. */
function lane({ body }: { body: JiraEvent }) {
  const issue = body.issue?.id ?? body.worklog?.issueId ?? body.issueLink?.sourceIssueId;
  if (issue !== undefined) return issue;
  const kind = others.find((name) => body[name] !== undefined);
  return kind && joined(kind, lookUp(body, `${kind}.id`) ?? lookUp(body, `${kind}.accountId`));
}

/** Jira Cloud and Data Center. Lane: the issue, else the project, sprint, … What Jira calls secondary (header `X-Atlassian-Webhook-Flow`) may come 15 minutes late. */
export const jira = preset<JiraEvent>(
  {
    name: 'jira',
    title: 'Jira Cloud',
    page: 'https://developer.atlassian.com/cloud/jira/platform/webhooks/',
    confidence: 'vector',
    secret: 'the secret of the webhook',
    unsigned: 'the identifier of the webhook (header)',
    version: 'timestamp',
  },
  {
    verify: hmac({ algorithm: 'sha256', header: 'x-hub-signature', prefix: 'sha256=', encoding: 'hex' }),
    // Data Center names no delivery; its bodies have a time in milliseconds, and it never comes again.
    id: (e) => e.headers['x-atlassian-webhook-identifier'] ?? bodyHash()(e),
    type: 'webhookEvent',
    lane,
  },
);
