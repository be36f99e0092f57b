import { json, type Happenings } from '../happenings.ts';

export const jiraHappenings: Happenings = {
  id: '`X-Atlassian-Webhook-Identifier`; of Data Center the digest of the bytes',
  differ: 'each webhook has its own and keeps it in retries; of Data Center `timestamp`, in milliseconds',
  first: json({ timestamp: 1, webhookEvent: 'jira:issue_updated', issue: { id: '10' } }),
  second: json({ timestamp: 2, webhookEvent: 'jira:issue_updated', issue: { id: '10' } }),
  sameLane: [
    json(
      { timestamp: 3, webhookEvent: 'worklog_created', worklog: { id: '5', issueId: '10' } },
      { 'x-atlassian-webhook-identifier': 'c' },
    ),
    json({
      timestamp: 4,
      webhookEvent: 'issuelink_created',
      issueLink: { id: 6, sourceIssueId: 10, destinationIssueId: 11 },
    }),
  ],
};
