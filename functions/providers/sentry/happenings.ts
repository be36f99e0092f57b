import { byHeader, json, type Happenings } from '../happenings.ts';

export const sentryHappenings: Happenings = {
  id: '`Request-ID`',
  differ: 'each request has its own, also a retry',
  ...byHeader(
    'request-id',
    { action: 'resolved', data: { issue: { id: '1' } } },
    { 'sentry-hook-resource': 'issue' },
  ),
  again: json(
    { action: 'resolved', data: { issue: { id: '1' } } },
    { 'sentry-hook-resource': 'issue', 'request-id': 'c' },
  ),
  retryRunsAgain: true,
  sameLane: [
    json(
      { action: 'created', data: { issue_id: 1, comment: 'x' } },
      { 'sentry-hook-resource': 'comment', 'request-id': 'd' },
    ),
  ],
};
