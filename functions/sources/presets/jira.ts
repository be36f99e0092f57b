import { preset } from '../preset.ts';
import { hmac } from '../verify/hmac.ts';

export interface JiraEvent {
  /** Milliseconds. */
  readonly timestamp: number;
  /** `jira:issue_updated`, `comment_created`, … */
  readonly webhookEvent: string;
  readonly issue?: { readonly id: string; readonly key: string; readonly [field: string]: unknown };
  readonly [field: string]: unknown;
}

/** Jira Cloud. Lane: the issue. What Jira calls secondary (header `X-Atlassian-Webhook-Flow`) may come 15 minutes late. */
export const jira = preset<JiraEvent>(
  {
    name: 'jira',
    title: 'Jira Cloud',
    page: 'https://developer.atlassian.com/cloud/jira/platform/webhooks/',
    confidence: 'documentation',
    secret: 'the secret of the webhook',
    unsigned: 'the identifier of the webhook (header)',
    version: 'timestamp',
  },
  {
    verify: hmac({ algorithm: 'sha256', header: 'x-hub-signature', prefix: 'sha256=', encoding: 'hex' }),
    id: 'header:X-Atlassian-Webhook-Identifier',
    type: 'webhookEvent',
    lane: 'issue.id',
  },
);
