import * as fc from 'fast-check';
import { Webhook } from 'standardwebhooks';
import { describe, expect, it } from 'vitest';
import { gitlab } from '../../functions/providers/gitlab/preset.ts';
import { gitlabSample } from '../../functions/providers/gitlab/sample.ts';
import { aRequest } from '../support/a-request.ts';
import { agreesWithLibrary } from '../support/provider/agrees-with-library.ts';
import { now } from '../support/provider/clock.ts';
import { withHeaders } from '../support/provider/documented-formula.ts';
import { eventsOf, otherwise } from '../support/provider/events-of.ts';
import { isKnownByToken } from '../support/provider/known-by-token.ts';
import { testProvider } from '../support/provider/test-provider.ts';

testProvider('gitlab');

describe('its events', () => {
  const headers = { 'x-gitlab-event': 'Issue Hook', 'idempotency-key': 'k1' };
  const project = { id: 15, name: 'test' };
  const laneOf = async (body: object) => ((await eventsOf(gitlab(), body, headers)) as string[][])[0]![2];

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
      ((await eventsOf(gitlab(), body, { 'x-gitlab-event': 'Push Hook', ...more })) as string[][])[0]![0];

    expect(await idOf({ 'webhook-id': 'w1', 'idempotency-key': 'k1' })).toBe('w1');
    expect(await idOf({ 'idempotency-key': 'k1' })).toBe('k1');
    expect(await idOf({})).toEqual(otherwise);
  });

  it('has versions in both spellings of its times', async () => {
    const versionOf = async (updated_at: string) => {
      const source = gitlab({ order: { version: gitlab.facts.version! } });
      const body = { object_kind: 'issue', project, object_attributes: { id: 1, iid: 2, updated_at } };
      return await eventsOf(source, body, headers);
    };

    expect(await versionOf('2026-03-01 12:00:00 UTC')).toEqual([['k1', 'Issue Hook', '15/issue/2']]);
    expect(await versionOf('2026-03-01T12:00:00Z')).toEqual([['k1', 'Issue Hook', '15/issue/2']]);
    expect(await versionOf('yesterday')).toEqual([['k1', 'Issue Hook', '15/issue/2']]);
  });
});

const id = 'f5e5f430-f57b-4e6e-9fac-d9128cd7232f';

agreesWithLibrary({
  name: 'standardwebhooks',
  sample: gitlabSample,
  keys: fc
    .uint8Array({ minLength: 32, maxLength: 32 })
    .map((key) => ({ secret: `whsec_${Buffer.from(key).toString('base64')}` })),
  sign: (request, { secret }) =>
    withHeaders(request, {
      'webhook-timestamp': String(now.getTime() / 1000),
      'webhook-signature': new Webhook(secret).sign(id, now, Buffer.from(request.body).toString()),
    }),
  accepts: ({ body, headers }, { secret }) => {
    try {
      new Webhook(secret).verify(Buffer.from(body).toString(), headers);
      return true;
    } catch {
      return false;
    }
  },
});

it('never takes a secret token for a signing key', async () => {
  const body = Buffer.from('{}');
  const signature = new Webhook('dG9rZW4=').sign(id, now, '{}');
  const headers = {
    'webhook-id': id,
    'webhook-timestamp': String(now.getTime() / 1000),
    'webhook-signature': signature,
  };
  const request = { method: 'POST', path: '/', rawQuery: '', headers, body };

  const verdict = await gitlabSample.source.verify.verify(request, ['dG9rZW4='], now);

  expect(verdict.verified).toBe(false);
});

isKnownByToken(gitlab(), (token) => aRequest({ headers: { 'x-gitlab-token': token } }));
