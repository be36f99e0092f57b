import { createHash } from 'node:crypto';
import { sign, verify } from '@octokit/webhooks-methods';
import { describe, expect, it } from 'vitest';
import { github } from '../../functions/providers/github/preset.ts';
import { githubSample } from '../../functions/providers/github/sample.ts';
import { agreesWithLibrary, textSecrets } from '../support/provider/agrees-with-library.ts';
import { eventsOf, form } from '../support/provider/events-of.ts';
import { testProvider } from '../support/provider/test-provider.ts';

testProvider('github');

describe('its events', () => {
  const headers = { 'x-github-event': 'push', 'x-github-delivery': 'd1' };

  it('orders by number within the repository, then by repository, then by organization', async () => {
    const laneOf = async (body: object) =>
      ((await eventsOf(github(), JSON.stringify(body), headers)) as string[][])[0]![2];
    const repository = { id: 5 };

    expect(await laneOf({ repository, pull_request: { number: 3 } })).toBe('5/3');
    expect(await laneOf({ repository, discussion: { number: 4 } })).toBe('5/4');
    expect(await laneOf({ repository })).toBe('5');
    expect(await laneOf({ organization: { id: 9 } })).toBe('organization 9');
    expect(await laneOf({ zen: 'x' })).toBe('d1');
  });

  it('reads form payloads', async () => {
    const body = `payload=${encodeURIComponent('{"repository":{"id":5}}')}`;

    expect(await eventsOf(github(), body, { ...headers, ...form })).toEqual([['d1', 'push', '5']]);
  });

  it('is an event also without a delivery id and an event name, but for what is no object', async () => {
    const at = new Date('2026-03-01T12:34:56Z');
    const id = `${createHash('sha256').update('{}').digest('hex')}/2026-03-01T12:00:00.000Z`;

    expect(await eventsOf(github(), '{}', {}, at)).toEqual([[id, 's', id]]);
    expect(await eventsOf(github(), '{}', { 'x-github-delivery': 'd1' })).toEqual([['d1', 's', 'd1']]);
    expect(await eventsOf(github(), '7', {})).toBe('missing-id');
  });
});

agreesWithLibrary({
  name: '@octokit/webhooks-methods',
  sample: githubSample,
  keys: textSecrets,
  sign: async (request, { secret }) => {
    const signature = await sign(secret, Buffer.from(request.body).toString());
    return { ...request, headers: { ...request.headers, 'x-hub-signature-256': signature } };
  },
  accepts: ({ body, headers }, { secret }) =>
    verify(secret, Buffer.from(body).toString(), headers['x-hub-signature-256'] ?? ''),
});
