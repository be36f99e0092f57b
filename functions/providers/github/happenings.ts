import { byHeader, json, type Happenings } from '../happenings.ts';

export const githubHappenings: Happenings = {
  id: '`X-GitHub-Delivery`',
  differ: 'each delivery has its own and keeps it when it is sent again',
  ...byHeader(
    'x-github-delivery',
    { action: 'edited', issue: { number: 1 }, repository: { id: 5 } },
    { 'x-github-event': 'issues' },
  ),
  sameLane: [
    json(
      { action: 'created', issue: { number: 1 }, comment: {}, repository: { id: 5 } },
      { 'x-github-event': 'issue_comment', 'x-github-delivery': 'c' },
    ),
  ],
};
