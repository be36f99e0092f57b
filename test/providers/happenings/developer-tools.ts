import { byField, byHeader, json, type Happenings } from './happenings.ts';

const graph = (more: object) =>
  json({ value: [{ subscriptionId: 's', clientState: 'c', resource: 'me/drive/root', ...more }] });
const deploy = { id: 'd', site_id: 's', state: 'ready', updated_at: '2026-03-01T12:00:00Z' };
const pagerduty = (id: string, event_type: string, data: object) => json({ event: { id, event_type, data } });

export const developerTools: Readonly<Record<string, Happenings>> = {
  bitbucket: {
    id: '`X-Request-UUID`; of Data Center `X-Request-Id`',
    differ: 'each request has its own and keeps it in retries',
    ...byHeader(
      'x-request-uuid',
      { repository: { uuid: '{r}' }, pullrequest: { id: 1 } },
      { 'x-event-key': 'pullrequest:updated' },
    ),
    sameLane: [
      json(
        { repository: { uuid: '{r}' }, pullrequest: { id: 1 }, comment: {} },
        { 'x-request-uuid': 'c', 'x-event-key': 'pullrequest:comment_created' },
      ),
    ],
  },
  buildkite: {
    id: 'digest of the bytes',
    differ: 'the state of the build, the job or the agent, and its times',
    repeats: 'two notifications about one state in one second',
    first: json({
      event: 'job.finished',
      job: { id: 'j', finished_at: '2026-03-01 12:00:00 UTC' },
      build: { id: 'b' },
    }),
    second: json({
      event: 'job.finished',
      job: { id: 'k', finished_at: '2026-03-01 12:00:00 UTC' },
      build: { id: 'b' },
    }),
    sameLane: [json({ event: 'build.finished', build: { id: 'b' } })],
  },
  circleci: {
    id: '`id`',
    differ: 'each event has its own and keeps it in retries',
    ...byField('id', { type: 'job-completed', workflow: { id: 'w' } }),
    sameLane: [json({ id: 'c', type: 'workflow-completed', workflow: { id: 'w' } })],
  },
  'cloud-events': {
    id: '`source` and `id`',
    differ: 'the specification has them unique together',
    facts: 'https://github.com/cloudevents/spec/blob/main/cloudevents/spec.md',
    ...byField('id', { specversion: '1.0', source: '/s', type: 't', subject: 'o' }),
    sameLane: [json({ specversion: '1.0', id: 'c', source: '/s', type: 'u', subject: 'o' })],
  },
  contentful: {
    id: '`X-Contentful-Idempotency-Key`; else topic, resource, environment, space and version',
    differ: 'the version or revision, which grows with each change, in each environment by itself',
    first: json(
      { sys: { id: 'e', type: 'Entry', revision: 4, environment: { sys: { id: 'master' } } } },
      { 'x-contentful-topic': 'ContentManagement.Entry.publish' },
    ),
    second: json(
      { sys: { id: 'e', type: 'Entry', revision: 4, environment: { sys: { id: 'staging' } } } },
      { 'x-contentful-topic': 'ContentManagement.Entry.publish' },
    ),
    sameLane: [
      json(
        { sys: { id: 'e', type: 'Entry', revision: 5, environment: { sys: { id: 'master' } } } },
        { 'x-contentful-topic': 'ContentManagement.Entry.unpublish' },
      ),
    ],
  },
  datadog: {
    id: '`$ID`, transition and time, as the payload is set',
    differ: 'the transition and the time of the alert',
    repeats: 'where another payload is set than the one that is named: its bytes, within an hour',
    first: json({ id: '7', transition: 'Triggered', updated: '1', monitor: '5' }),
    second: json({ id: '7', transition: 'Triggered', updated: '2', monitor: '5' }),
    sameLane: [json({ id: '8', transition: 'Recovered', updated: '3', monitor: '5' })],
  },
  github: {
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
  },
  gitlab: {
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
  },
  'google-pubsub': {
    id: '`message.messageId` and subscription',
    differ: 'each message of a topic has its own; `deliveryAttempt` grows',
    first: json({ message: { messageId: '1', orderingKey: 'o' }, subscription: 'p/s', deliveryAttempt: 1 }),
    second: json({
      message: { messageId: '1', orderingKey: 'o' },
      subscription: 'p/of-another-topic',
      deliveryAttempt: 1,
    }),
    again: json({ message: { messageId: '1', orderingKey: 'o' }, subscription: 'p/s', deliveryAttempt: 2 }),
    sameLane: [json({ message: { messageId: '2', orderingKey: 'o' }, subscription: 'p/s' })],
  },
  'microsoft-graph': {
    id: '`id`; else subscription, resource, kind and etag; without an etag the digest of the bytes and the millisecond they came',
    differ: 'the etag; of drives, lists, presence and of what was missed nothing that is sent',
    first: graph({}),
    second: graph({}),
    retryRunsAgain: true,
    sameLane: [graph({ id: 'n', changeType: 'updated' })],
  },
  netlify: {
    id: 'deploy, and digest of the bytes and of `X-Netlify-Event`',
    differ: 'the state, the event and the time of the last change',
    repeats: 'a deploy that is locked again without another change',
    first: json(deploy, { 'x-netlify-event': 'deploy_locked' }),
    second: json(deploy, { 'x-netlify-event': 'deploy_unlocked' }),
    sameLane: [json({ ...deploy, id: 'e', state: 'building' })],
  },
  pagerduty: {
    id: '`event.id`',
    differ: 'each event has its own and keeps it in retries',
    first: pagerduty('a', 'incident.triggered', { id: 'P', type: 'incident' }),
    second: pagerduty('b', 'incident.triggered', { id: 'P', type: 'incident' }),
    sameLane: [
      pagerduty('c', 'incident.annotated', { id: 'N', type: 'incident_note', incident: { id: 'P' } }),
      pagerduty('d', 'incident.status_update_published', {
        id: 'S',
        type: 'incident_status_update',
        incident: { id: 'P' },
      }),
    ],
  },
  render: {
    id: '`webhook-id`',
    differ: 'each message has its own and keeps it in retries',
    ...byHeader('webhook-id', { type: 'deploy_ended', data: { id: 'd', serviceId: 's' } }),
    sameLane: [json({ type: 'server_failed', data: { id: 'e', serviceId: 's' } }, { 'webhook-id': 'c' })],
  },
  replicate: {
    id: '`webhook-id`',
    differ: 'each message has its own and keeps it in retries',
    ...byHeader('webhook-id', { id: 'p', status: 'processing' }),
    sameLane: [json({ id: 'p', status: 'succeeded' }, { 'webhook-id': 'c' })],
  },
  sentry: {
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
  },
  sns: {
    id: '`MessageId`',
    differ: 'each message has its own and keeps it in retries',
    ...byField('MessageId', {
      Type: 'Notification',
      TopicArn: 'arn',
      Message: 'x',
      Timestamp: '2026-03-01T12:00:00.000Z',
    }),
  },
  vercel: {
    id: '`id`',
    differ: 'each event has its own and keeps it in retries',
    ...byField('id', { type: 'deployment.created', payload: { deployment: { id: 'd' } } }),
    sameLane: [json({ id: 'c', type: 'deployment.succeeded', payload: { deployment: { id: 'd' } } })],
  },
};
