import { byHeader, json, type Happenings } from '../happenings.ts';

export const gitlabHappenings: Happenings = {
  id: '`webhook-id` or `Idempotency-Key`; before 17.4 the digest of the bytes and of `X-Gitlab-Event-UUID`, within a day',
  differ: 'each event has its own and keeps it in retries',
  ...byHeader(
    'idempotency-key',
    { object_kind: 'pipeline', project: { id: 15 }, object_attributes: { id: 301, iid: 3 } },
    { 'x-gitlab-event': 'Pipeline Hook' },
  ),
  sameLane: [
    json(
      { object_kind: 'build', project_id: 15, pipeline_id: 301 },
      { 'x-gitlab-event': 'Job Hook', 'idempotency-key': 'c' },
    ),
  ],
};
