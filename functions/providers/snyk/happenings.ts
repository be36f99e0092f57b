import { byHeader, json, type Happenings } from '../happenings.ts';

export const snykHappenings: Happenings = {
  id: '`X-Snyk-Transport-ID`',
  differ: 'each delivery has its own',
  ...byHeader('x-snyk-transport-id', { project: { id: 'p' } }, { 'x-snyk-event': 'project_snapshot/v0' }),
  sameLane: [json({ project: { id: 'p' }, newIssues: [] }, { 'x-snyk-transport-id': 'c' })],
};
