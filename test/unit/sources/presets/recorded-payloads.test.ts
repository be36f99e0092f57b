import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { github } from '../../../../functions/sources/presets/github.ts';
import { eventsOf } from './events-of.ts';

const Examples = z.array(
  z.object({ name: z.string(), examples: z.array(z.looseObject({ action: z.string().optional() })) }),
);
const file = createRequire(import.meta.url).resolve('@octokit/webhooks-examples/api.github.com/index.json');
const recorded = Examples.parse(JSON.parse(readFileSync(file, 'utf8'))).flatMap(({ name, examples }) =>
  examples.map((payload, index) => ({ name, index, payload })),
);

const deliveryId = '72d3162e-cc78-11e3-81ab-4c9367dc0958';
const eventsOfGithub = async (name: string, payload: unknown) =>
  await eventsOf(github(), JSON.stringify(payload), {
    'x-github-event': name,
    'x-github-delivery': deliveryId,
  });

describe('payloads that GitHub has sent, of @octokit/webhooks-examples', () => {
  // Read off the payloads by hand.
  it.each([
    ['issues', 'issues.edited', '186853002/1'],
    ['issue_comment', 'issue_comment.created', '186853002/1'],
    ['pull_request', 'pull_request.opened', '186853002/2'],
    ['pull_request_review', 'pull_request_review.submitted', '186853002/2'],
    ['discussion', 'discussion.created', '17273051/90'],
    ['push', 'push', '186853002'],
    ['star', 'star.created', '186853002'],
    ['workflow_run', 'workflow_run.completed', '283462325'],
    ['organization', 'organization.member_added', 'organization 38302899'],
    ['installation', 'installation.deleted', 'installation 2'],
  ])('the first %s is of type %s, in the lane %s', async (name, type, lane) => {
    const first = recorded.find((one) => one.name === name && one.index === 0);

    expect(await eventsOfGithub(name, first?.payload)).toEqual([[deliveryId, type, lane]]);
  });

  it('are one event each, of the type that they name themselves', async () => {
    const read = await Promise.all(
      recorded.map(async ({ name, payload }) => await eventsOfGithub(name, payload)),
    );

    expect(read).toEqual(
      recorded.map(({ name, payload: { action } }) => [
        [deliveryId, action === undefined ? name : `${name}.${action}`, expect.stringMatching(/./)],
      ]),
    );
    expect(recorded.length).toBeGreaterThan(300);
  });
});
