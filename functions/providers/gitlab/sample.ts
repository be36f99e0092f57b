import { gitlab } from './preset.ts';
import type { Sample } from '../sample.ts';

export const gitlabSample: Sample = {
  source: gitlab(),
  key: { secret: 'whsec_dGVzdHRlc3R0ZXN0dGVzdHRlc3R0ZXN0dGVzdHRlc3Q=' },
  covers: 'body',
  request: (now) => ({
    body: JSON.stringify({
      object_kind: 'merge_request',
      event_type: 'merge_request',
      project: { id: 15, path_with_namespace: 'gitlab-org/gitlab-test' },
      object_attributes: {
        id: 93,
        iid: 16,
        title: 'Grüße',
        action: 'open',
        updated_at: now.toISOString(),
      },
    }),
    headers: {
      'x-gitlab-event': 'Merge Request Hook',
      'webhook-id': 'f5e5f430-f57b-4e6e-9fac-d9128cd7232f',
      'idempotency-key': 'f5e5f430-f57b-4e6e-9fac-d9128cd7232f',
    },
  }),
  events: [
    {
      eventId: 'f5e5f430-f57b-4e6e-9fac-d9128cd7232f',
      type: 'Merge Request Hook',
      lane: '15/merge_request/16',
    },
  ],
};
