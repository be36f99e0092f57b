import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { box } from '../../functions/providers/box/preset.ts';
import { braintree } from '../../functions/providers/braintree/preset.ts';
import { github } from '../../functions/providers/github/preset.ts';
import { slack } from '../../functions/providers/slack/preset.ts';
import { eventsOf, otherwise } from './events-of.ts';

const Examples = z.array(
  z.object({ name: z.string(), examples: z.array(z.looseObject({ action: z.string().optional() })) }),
);
/** The part of Braintree's library that makes samples. */
const library = createRequire(import.meta.url)('braintree') as {
  BraintreeGateway: new (options: Record<string, unknown>) => {
    webhookTesting: {
      sampleNotification(kind: string, id: string): { bt_signature: string; bt_payload: string };
    };
  };
  Environment: { Sandbox: unknown };
  WebhookNotification: { Kind: Record<string, string> };
};

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

describe('payloads that providers publish with their own libraries and pages', () => {
  const require = createRequire(import.meta.url);

  it('Braintree: every kind that its library knows, in the lane of what it is about', async () => {
    const gateway = new library.BraintreeGateway({
      environment: library.Environment.Sandbox,
      merchantId: 'm',
      publicKey: 'public',
      privateKey: 'private',
    });
    const kinds = Object.values(library.WebhookNotification.Kind);

    const read = await Promise.all(
      kinds.map(async (kind) => {
        const { bt_signature, bt_payload } = gateway.webhookTesting.sampleNotification(kind, 'thing-1');
        const form = new URLSearchParams({ bt_signature, bt_payload }).toString();
        return await eventsOf(braintree(), form, { 'content-type': 'application/x-www-form-urlencoded' });
      }),
    );

    expect(kinds.length).toBeGreaterThan(40);
    expect(read).toEqual(
      kinds.map((kind) => [[expect.stringMatching(/^[0-9a-f]{64}$/), kind, expect.stringMatching(/./)]]),
    );
    const laneOf = (kind: string) => read[kinds.indexOf(kind)]?.[0]?.[2];
    expect(laneOf('subscription_charged_successfully')).toBe('thing-1');
    expect(laneOf('dispute_opened')).toBe('thing-1');
  });

  it('Box: the bodies of its library, which have no id', async () => {
    const file = require
      .resolve('box-node-sdk')
      .replace(/box-node-sdk\/.*/, 'box-node-sdk/src/test/webhooks.test.ts');
    const bodies = [...readFileSync(file, 'utf8').matchAll(/^ +'(\{.*"trigger".*\})';$/gm)].map(
      ([, body = '']) => body.replaceAll('\\\\', '\\'),
    );

    expect(bodies.length).toBeGreaterThan(4);
    for (const body of bodies) {
      expect(await eventsOf(box(), body)).toEqual([[otherwise, 'FILE.UPLOADED', '1234567890']]);
    }
  });

  it('Slack: the command of its page', async () => {
    const body =
      'token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c';

    expect(await eventsOf(slack(), body, { 'content-type': 'application/x-www-form-urlencoded' })).toEqual([
      ['398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c', 'command', 'T1DC2JH3J/G8PSS9T3V'],
    ]);
  });
});
