import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { bitbucket } from '../../../functions/providers/bitbucket/preset.ts';
import { buildkite } from '../../../functions/providers/buildkite/preset.ts';
import { circleci } from '../../../functions/providers/circleci/preset.ts';
import { contentful } from '../../../functions/providers/contentful/preset.ts';
import { datadog } from '../../../functions/providers/datadog/preset.ts';
import { gitlab } from '../../../functions/providers/gitlab/preset.ts';
import { googlePubsub } from '../../../functions/providers/google-pubsub/preset.ts';
import { jira } from '../../../functions/providers/jira/preset.ts';
import { microsoftGraph } from '../../../functions/providers/microsoft-graph/preset.ts';
import { netlify } from '../../../functions/providers/netlify/preset.ts';
import { pagerduty } from '../../../functions/providers/pagerduty/preset.ts';
import { sentry } from '../../../functions/providers/sentry/preset.ts';
import { trello } from '../../../functions/providers/trello/preset.ts';
import { vercel } from '../../../functions/providers/vercel/preset.ts';
import { eventsOf, otherwise } from '../events-of.ts';

const read = (
  ...[source, body, headers]: [Parameters<typeof eventsOf>[0], object, Record<string, string>?]
) => eventsOf(source, JSON.stringify(body), headers);
const hashOf = (body: object) => createHash('sha256').update(JSON.stringify(body)).digest('hex');

describe('GitLab', () => {
  const headers = { 'x-gitlab-event': 'Issue Hook', 'idempotency-key': 'k1' };
  const project = { id: 15, name: 'test' };
  const laneOf = async (body: object) => ((await read(gitlab(), body, headers)) as string[][])[0]![2];

  it('numbers issues, merge requests and pipelines apart, and puts comments with what they are on', async () => {
    const at = (object_kind: string, iid: number) => ({
      object_kind,
      project,
      object_attributes: { id: 301, iid },
    });
    const note = { object_kind: 'note', project, object_attributes: { id: 1241 } };

    expect(await laneOf(at('issue', 23))).toBe('15/issue/23');
    expect(await laneOf(at('merge_request', 23))).toBe('15/merge_request/23');
    expect(await laneOf(at('pipeline', 3))).toBe('15/pipeline/301');
    expect(await laneOf({ object_kind: 'build', project_id: 15, pipeline_id: 301 })).toBe('15/pipeline/301');
    expect(await laneOf({ ...note, issue: { iid: 23 } })).toBe('15/issue/23');
    expect(await laneOf({ ...note, merge_request: { iid: 1 } })).toBe('15/merge_request/1');
    expect(await laneOf({ ...note, commit: { id: 'cfe32cf6' } })).toBe('15');
    expect(await laneOf({ object_kind: 'push', project_id: 15, ref: 'refs/heads/main' })).toBe('15');
  });

  it('takes the id that is signed, else the idempotency key, else the body itself', async () => {
    const body = { object_kind: 'push', project };
    const idOf = async (more: Record<string, string>) =>
      ((await read(gitlab(), body, { 'x-gitlab-event': 'Push Hook', ...more })) as string[][])[0]![0];

    expect(await idOf({ 'webhook-id': 'w1', 'idempotency-key': 'k1' })).toBe('w1');
    expect(await idOf({ 'idempotency-key': 'k1' })).toBe('k1');
    expect(await idOf({})).toEqual(otherwise);
  });

  it('has versions in both spellings of its times', async () => {
    const versionOf = async (updated_at: string) => {
      const source = gitlab({ order: { version: gitlab.facts.version! } });
      const body = { object_kind: 'issue', project, object_attributes: { id: 1, iid: 2, updated_at } };
      return await read(source, body, headers);
    };

    expect(await versionOf('2026-03-01 12:00:00 UTC')).toEqual([['k1', 'Issue Hook', '15/issue/2']]);
    expect(await versionOf('2026-03-01T12:00:00Z')).toEqual([['k1', 'Issue Hook', '15/issue/2']]);
    expect(await versionOf('yesterday')).toEqual([['k1', 'Issue Hook', '15/issue/2']]);
  });
});

it('Bitbucket: the pull request, the issue, else the repository', async () => {
  const headers = { 'x-request-uuid': 'r1', 'x-event-key': 'repo:push' };
  const repository = { uuid: '{a}', full_name: 'team/repo' };

  expect(await read(bitbucket(), { repository, push: { changes: [] } }, headers)).toEqual([
    ['r1', 'repo:push', '{a}'],
  ]);
  expect(await read(bitbucket(), { repository, pullrequest: { id: 7 } }, headers)).toEqual([
    ['r1', 'repo:push', '{a}/7'],
  ]);
  expect(await read(bitbucket(), { repository, issue: { id: 7 } }, headers)).toEqual([
    ['r1', 'repo:push', '{a}/issue/7'],
  ]);
  expect(await read(bitbucket(), { repository }, { 'x-event-key': 'repo:push' })).toEqual([
    [otherwise, 'repo:push', '{a}'],
  ]);
});

it('Jira: comments are of the lane of their issue', async () => {
  const headers = { 'x-atlassian-webhook-identifier': 'i1' };
  const comment = {
    timestamp: 1,
    webhookEvent: 'comment_created',
    comment: { id: '252789' },
    issue: { id: '99291', key: 'J-1' },
  };

  expect(await read(jira(), comment, headers)).toEqual([['i1', 'comment_created', '99291']]);
  expect(await read(jira(), { timestamp: 1, webhookEvent: 'user_created' }, headers)).toEqual([
    ['i1', 'user_created', 'i1'],
  ]);
});

it('Trello: the card, else the board', async () => {
  const action = (data: object) => ({
    action: { id: 'a1', type: 'commentCard', date: '2026-03-01T12:00:00.000Z', data },
  });

  expect(await read(trello(), action({ card: { id: 'c1' }, board: { id: 'b1' } }))).toEqual([
    ['a1', 'commentCard', 'c1'],
  ]);
  expect(await read(trello(), action({ board: { id: 'b1' } }))).toEqual([['a1', 'commentCard', 'b1']]);
});

it('CircleCI: jobs are of the lane of their workflow', async () => {
  const body = {
    id: 'e1',
    type: 'job-completed',
    happened_at: '2026-03-01T12:00:00Z',
    workflow: { id: 'w1' },
    job: { id: 'j1' },
  };

  expect(await read(circleci(), body)).toEqual([['e1', 'job-completed', 'w1']]);
});

it('Vercel: the deployment, else the project', async () => {
  const event = (payload: object) => ({ id: 'e1', type: 'deployment.created', createdAt: 1, payload });

  expect(await read(vercel(), event({ deployment: { id: 'd1' }, project: { id: 'p1' } }))).toEqual([
    ['e1', 'deployment.created', 'd1'],
  ]);
  expect(await read(vercel(), event({ project: { id: 'p1' } }))).toEqual([
    ['e1', 'deployment.created', 'p1'],
  ]);
});

it('Netlify: a deploy is another event in every state', async () => {
  const deploy = (state: string, updated_at = '2026-03-01T12:00:00.000Z') => ({
    id: 'd1',
    site_id: 's1',
    state,
    updated_at,
  });
  const idOf = (body: object) =>
    expect.stringMatching(
      new RegExp(
        `^d1/${createHash('sha256')
          .update(`${JSON.stringify(body)}\n`)
          .digest('hex')}$`,
      ),
    ) as unknown;

  expect(await read(netlify(), deploy('building'))).toEqual([[idOf(deploy('building')), 'building', 's1']]);
  expect(await read(netlify(), deploy('ready'))).toEqual([[idOf(deploy('ready')), 'ready', 's1']]);
  expect(
    await read(netlify(), { id: 'f1', form_name: 'contact' }, { 'x-netlify-event': 'submission_created' }),
  ).toEqual([[expect.stringMatching(/^f1\//), 'submission_created', expect.stringMatching(/^f1\//)]]);
});

it('Sentry: issues, alerts, errors and comments are of the lane of their issue', async () => {
  const of = async (resource: string, action: string, data: object) =>
    await read(
      sentry(),
      { action, installation: { uuid: 'u' }, data },
      { 'request-id': 'r1', 'sentry-hook-resource': resource },
    );

  expect(await of('issue', 'resolved', { issue: { id: '117' } })).toEqual([['r1', 'issue.resolved', '117']]);
  expect(await of('event_alert', 'triggered', { event: { issue_id: '117' } })).toEqual([
    ['r1', 'event_alert.triggered', '117'],
  ]);
  expect(await of('error', 'created', { error: { issue_id: 117 } })).toEqual([
    ['r1', 'error.created', '117'],
  ]);
  expect(await of('comment', 'created', { issue_id: 117, comment: 'x' })).toEqual([
    ['r1', 'comment.created', '117'],
  ]);
  expect(await of('metric_alert', 'critical', { metric_alert: {} })).toEqual([
    ['r1', 'metric_alert.critical', 'r1'],
  ]);
  expect(await read(sentry(), { action: 'a', data: {} }, { 'request-id': 'r1' })).toEqual([
    ['r1', 's', 'r1'],
  ]);
});

it('PagerDuty: the incident', async () => {
  const event = {
    id: '01B',
    event_type: 'incident.triggered',
    resource_type: 'incident',
    occurred_at: '2026-03-01T12:00:00.000Z',
  };

  expect(await read(pagerduty(), { event: { ...event, data: { id: 'PGR0VU2', type: 'incident' } } })).toEqual(
    [['01B', 'incident.triggered', 'PGR0VU2']],
  );
});

it('Datadog: a monitor that recovers is another event', async () => {
  const alert = (transition: string) => ({ id: '70', transition, updated: '177', monitor: '45' });

  expect(await read(datadog(), alert('Triggered'))).toEqual([['70/Triggered/177', 'Triggered', '45']]);
  expect(await read(datadog(), alert('Recovered'))).toEqual([['70/Recovered/177', 'Recovered', '45']]);
  expect(await read(datadog(), { title: 'the default payload' })).toEqual([[otherwise, 's', otherwise]]);
});

it('Buildkite: the build, else the agent', async () => {
  const job = { event: 'job.finished', job: { id: 'j1' }, build: { id: 'b1', number: 1, state: 'running' } };
  const agent = { event: 'agent.connected', agent: { id: 'a1' } };

  expect(await read(buildkite(), job)).toEqual([[hashOf(job), 'job.finished', 'b1']]);
  expect(await read(buildkite(), agent)).toEqual([[hashOf(agent), 'agent.connected', 'a1']]);
});

it('Contentful: the idempotency key, else topic, resource and version', async () => {
  const headers = {
    'content-type': 'application/vnd.contentful.management.v1+json',
    'x-contentful-topic': 'ContentManagement.Entry.publish',
  };
  const sys = { id: 'e1', type: 'Entry', revision: 4 };
  const source = contentful({ publicUrl: 'https://hooks.example.com/c' });

  expect(await read(source, { sys }, headers)).toEqual([
    ['ContentManagement.Entry.publish/e1/4', 'ContentManagement.Entry.publish', 'e1'],
  ]);
  expect(await read(source, { sys }, { ...headers, 'x-contentful-idempotency-key': 'k1' })).toEqual([
    ['k1', 'ContentManagement.Entry.publish', 'e1'],
  ]);
});

it('Google Pub/Sub: another attempt is the same event', async () => {
  const source = googlePubsub({ audience: 'a', serviceAccount: 's' });
  const push = (deliveryAttempt: number) => ({
    message: { messageId: '207', orderingKey: 'o1', publishTime: '2026-03-01T12:00:00.123Z', data: 'e30=' },
    subscription: 'projects/p/subscriptions/s',
    deliveryAttempt,
  });

  expect(await read(source, push(1))).toEqual([['207/projects/p/subscriptions/s', 's', 'o1']]);
  expect(await read(source, push(2))).toEqual([['207/projects/p/subscriptions/s', 's', 'o1']]);
});

describe('Microsoft Graph', () => {
  const subscription = { subscriptionId: 's1', clientState: 'c' };

  it('reads every notification of a body, and those of the lifecycle', async () => {
    const message = {
      ...subscription,
      changeType: 'created',
      resource: 'Users/1/Messages/2',
      resourceData: { '@odata.etag': 'W/"1"', id: '2' },
    };
    const withoutTag = { ...message, resourceData: { id: '2' } };
    const lifecycle = { ...subscription, lifecycleEvent: 'subscriptionRemoved' };

    expect(await read(microsoftGraph(), { value: [message, withoutTag, lifecycle] })).toEqual([
      ['s1/2/created/W/"1"', 'created', 'Users/1/Messages/2'],
      [otherwise, 'created', 'Users/1/Messages/2'],
      [otherwise, 'subscriptionRemoved', 's1'],
    ]);
  });

  it('takes ten thousand, and no more', async () => {
    const value = Array.from({ length: 10_000 }, (_, at) => ({
      ...subscription,
      changeType: 'created',
      resource: `r/${at}`,
      resourceData: { '@odata.etag': 'e', id: `${at}` },
    }));

    expect(await read(microsoftGraph(), { value })).toHaveLength(10_000);
    expect(await read(microsoftGraph(), { value: [...value, value[0]] })).toBe('invalid-body');
  });
});
