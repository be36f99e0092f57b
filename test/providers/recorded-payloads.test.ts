import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { catalog } from '../../functions/providers/catalog.ts';
import { signLike, unsignedRequest } from '../../functions/providers/signed-sample.ts';
import type { VerifiableRequest } from '../../functions/signatures/verifiable-request.ts';
import { throughIngest } from '../support/through-ingest.ts';

const require = createRequire(import.meta.url);

/** A body as a provider has sent it, with what stood in the headers and when it came. */
interface Recorded {
  readonly name: string;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly at?: Date;
}

const sampleOf = (preset: string) => {
  const sample = catalog.find(({ facts }) => facts.name === preset)?.sample;
  if (sample === undefined) throw new Error(`there is no sample of ${preset}`);
  return sample;
};

const now = new Date('2026-03-01T12:00:00Z');

/** Id, type and lane (without the source's name) of all that the ledger got of a request, and what its sender was told. */
async function taken(preset: string, request: VerifiableRequest, secrets: readonly string[], at = now) {
  const { source } = sampleOf(preset);
  const { answer, items, sent } = await throughIngest({ name: preset, source, secrets, request, now: at });
  // A handshake is in the ledger too, and no event.
  const events = items.filter(({ eventId }) => eventId !== undefined);
  expect(sent).toHaveLength(events.length);
  return {
    isTaken: answer.status < 300,
    events: events.map(({ eventId, type, lane = `${preset}#${String(eventId)}` }) => [
      eventId,
      type,
      String(lane).slice(preset.length + 1),
    ]),
  };
}

/** Signed as the preset's provider signs, and taken in. */
async function take(preset: string, { body, headers, at = now }: Recorded) {
  const sample = sampleOf(preset);
  const unsigned = unsignedRequest(sample, at);
  const request = { ...unsigned, body: Buffer.from(body), headers: { ...unsigned.headers, ...headers } };
  return await taken(preset, signLike(sample, request, { now: at }), [sample.key.secret], at);
}

const Line = z.object({ name: z.string() });

/** The bodies of `test/recorded`, to the byte. */
const recordedOf = (preset: string) =>
  readFileSync(new URL(`../recorded/${preset}.ndjson`, import.meta.url), 'utf8')
    .trim()
    .split('\n')
    .map((line) => ({
      name: Line.parse(JSON.parse(line)).name,
      body: line.slice(line.indexOf('"body":') + '"body":'.length, -1),
    }));

const fieldsOf = (body: string) => JSON.parse(body) as Record<string, Record<string, string> & string>;

const gitlabHooks: Readonly<Record<string, string>> = {
  build: 'Job Hook',
  deployment: 'Deployment Hook',
  group_merge_request: 'Merge Request Hook',
  issue: 'Issue Hook',
  merge_request: 'Merge Request Hook',
  note_commit: 'Note Hook',
  note_issue: 'Note Hook',
  note_merge_request: 'Note Hook',
  note_snippet: 'Note Hook',
  pipeline: 'Pipeline Hook',
  push: 'Push Hook',
  release: 'Release Hook',
  service_merge_request: 'Service Hook',
  subgroup: 'Subgroup Hook',
  tag_push: 'Tag Push Hook',
  wiki_page: 'Wiki Page Hook',
};

const past = (name: string) => name.replace(/^.*(Created|Removed|Updated)$/, '$1');
const linearActions: Readonly<Record<string, string>> = {
  Created: 'create',
  Removed: 'remove',
  Updated: 'update',
};

interface Collection {
  /** What the provider's headers say beside the body. */
  headers?(one: Recorded): Record<string, string>;
  at?(one: Recorded): Date;
  /** As whoever reads the body would name it. */
  type(one: Recorded): string;
  /** Where the body or its headers have one. */
  id(one: Recorded): string;
  /** Read off the bodies by hand, by name, or by name and place among those of one name. */
  readonly lanes: Readonly<Record<string, string>>;
}

const deliveryId = '72d3162e-cc78-11e3-81ab-4c9367dc0958';

const collections: Readonly<Record<string, Collection>> = {
  'coinbase-commerce': {
    type: ({ name }) => name,
    id: () => '24934862-d980-46cb-9402-43c81b0cdba6',
    lanes: { 'charge:created': '66BEOV2A' },
  },
  gitlab: {
    headers: ({ name }) => ({
      'x-gitlab-event': gitlabHooks[name.replace('webhooks/', '')] ?? 'System Hook',
      'webhook-id': deliveryId,
    }),
    type: ({ name }) => gitlabHooks[name.replace('webhooks/', '')] ?? name.replace('systemhooks/', ''),
    id: () => deliveryId,
    lanes: {
      'webhooks/build': '380/pipeline/2366',
      'webhooks/deployment': '30',
      'webhooks/issue': '1/issue/23',
      'webhooks/merge_request': '1/merge_request/1',
      'webhooks/note_commit': '5',
      'webhooks/note_issue': '5/issue/17',
      'webhooks/note_merge_request': '5/merge_request/1',
      'webhooks/pipeline': '1/pipeline/31',
      'webhooks/push': '15',
      'webhooks/subgroup': 'group/2',
      'systemhooks/group_create': 'group/78',
      'systemhooks/group_destroy': 'group/78',
      'systemhooks/merge_request': '14/merge_request/1',
      'systemhooks/project_destroy': '73',
      'systemhooks/user_add_to_group': 'group/78',
      'systemhooks/user_add_to_team': '74',
      'systemhooks/user_create': 'user/41',
      'systemhooks/user_destroy': 'user/41',
    },
  },
  linear: {
    headers: () => ({ 'linear-delivery': deliveryId }),
    at: ({ body }) => new Date(Number(fieldsOf(body)['webhookTimestamp'])),
    type: ({ name }) => name.replace(/(Created|Removed|Updated)$/, `.${linearActions[past(name)]}`),
    id: () => deliveryId,
    lanes: {
      AttachmentCreated: 'Issue/ee4d5612-0752-441a-95cd-2a0de56689d3',
      CommentCreated: 'Issue/ee4d5612-0752-441a-95cd-2a0de56689d3',
      CommentRemoved: 'Issue/ee4d5612-0752-441a-95cd-2a0de56689d3',
      IssueUpdated: 'Issue/ee4d5612-0752-441a-95cd-2a0de56689d3',
      IssueLabelCreated: 'IssueLabel/ef8d9e0d-7286-460f-b398-7aaf7d182c16',
      ProjectCreated: 'Project/708440e6-648c-40f9-be87-9e00bbd8d1ec',
      ProjectUpdateCreated: 'Project/54dac280-389f-4339-8d5d-de347a56eb79',
      ReactionCreated: 'Reaction/a22b3a1f-109f-427f-aa59-78b4ab1d2944',
    },
  },
  shopify: {
    headers: ({ name }) => ({
      'x-shopify-topic': name,
      'x-shopify-shop-domain': 'shop',
      'x-shopify-webhook-id': deliveryId,
    }),
    type: ({ name }) => name,
    id: () => deliveryId,
    lanes: {
      'orders/cancelled': 'shop/820982911946154500',
      'refunds/create': 'shop/820982911946154500',
      'fulfillments/create': 'shop/820982911946154500',
      'fulfillment_events/create': 'shop/820982911946154500',
      'order_transactions/create': 'shop/820982911946154500',
      'orders/edited': 'shop/820982911946154500',
      'disputes/create': 'shop/820982911946154500',
      'customers/create': 'shop/706405506930370000',
      'customers_marketing_consent/update': 'shop/706405506930370000',
      'customers_email_marketing_consent/update': 'shop/706405506930370000',
      'customers/merge': 'shop/1',
      'customer_payment_methods/create': 'shop/82850125',
      'inventory_items/create': 'shop/271878346596884000',
      'inventory_levels/connect': 'shop/271878346596884000',
      'products/create': 'shop/788032119674292900',
      'product_listings/add': 'shop/788032119674292900',
      'fulfillment_orders/moved': 'shop/1',
      'fulfillment_orders/cancelled': 'shop/1',
      'companies/create': 'shop/408372092144951419',
      'carts/create': 'shop/eeafa272cebfd4b22385bc4b645e762c',
      'locales/create': 'shop',
    },
  },
  slack: {
    type: ({ body }) => String(fieldsOf(body)['event']?.['type']),
    id: ({ body }) => String(fieldsOf(body)['event_id']),
    lanes: {
      'event_callback app_mention 1': 'TXXXXXXXX/C0LAN2Q65/1515449522.000016',
      'event_callback link_shared': 'TXXXXXXXX/Cxxxxxx/123456789.9876',
      'event_callback message': 'TXXXXXXXX/G024BE91L',
      'event_callback member_joined_channel': 'TXXXXXXXX/C0698JE0H',
      'event_callback pin_added': 'TXXXXXXXX/C0LAN2Q65',
      'event_callback message_metadata_posted': 'TXXXXXXXX/CHANNELXXX',
      'event_callback tokens_revoked': 'Ev08MFMKH6',
    },
  },
  telegram: {
    type: ({ name }) => name.split(' ')[0] ?? '',
    // Updates are numbered anew after a week without any.
    id: ({ name }) => `${name.split(' ')[1]}/2026-02-26T00:00:00.000Z`,
    lanes: {
      'message 892252934': '218485655',
      'message 439432599': '-1001293752024',
      'message_reaction 71651249': '-1002184233434',
      'chat_boost 71651297': '-1002236736395',
      'removed_chat_boost 71651297': '-1002236736395',
      'purchased_paid_media 573255267': '408258968',
    },
  },
  twitch: {
    headers: () => ({ 'twitch-eventsub-message-id': deliveryId }),
    type: ({ name }) => name.split(' ')[0] ?? '',
    id: () => deliveryId,
    lanes: {
      'channel.follow 2': '1337',
      'channel.raid 1': '1337',
      'channel.moderate 2': '129546453',
      'extension.bits_transaction.create 1': '1337',
      'stream.online 1': '1337',
      'user.authorization.grant 1': '1337',
      'user.update 1': '1337',
      'conduit.shard.disabled 1': deliveryId,
    },
  },
  typeform: {
    type: ({ name }) => name,
    id: () => 'LtWXD3crgy',
    lanes: { form_response: 'a3a12ec67a1365927098a606107fac15' },
  },
};

describe.each(Object.entries(collections))('recorded bodies of %s', (preset, collection) => {
  const recorded = recordedOf(preset).map((one) => ({
    ...one,
    ...(collection.headers && { headers: collection.headers(one) }),
    ...(collection.at && { at: collection.at(one) }),
  }));

  it('are taken, each as one event of its id and of the type that it names', async () => {
    const read = await Promise.all(recorded.map((one) => take(preset, one)));

    expect(read).toEqual(
      recorded.map((one) => ({
        isTaken: true,
        events: [[collection.id(one), collection.type(one), expect.stringMatching(/./)]],
      })),
    );
  });

  it.each(Object.entries(collection.lanes))('%s is in the lane %s', async (key, lane) => {
    const [, name = key, place = '0'] = /^(.*\D) (\d)$/.exec(key) ?? [];
    const ofName = recorded.filter((one) => one.name === key || one.name === name);
    const one = ofName.find(({ name: own }) => own === key) ?? ofName[Number(place)];

    expect((await take(preset, one!)).events[0]?.[2]).toBe(lane);
  });
});

const Examples = z.array(
  z.object({ name: z.string(), examples: z.array(z.looseObject({ action: z.string().optional() })) }),
);

describe('payloads that GitHub has sent, of @octokit/webhooks-examples', () => {
  const file = require.resolve('@octokit/webhooks-examples/api.github.com/index.json');
  const recorded = Examples.parse(JSON.parse(readFileSync(file, 'utf8'))).flatMap(({ name, examples }) =>
    examples.map((payload, index) => ({ name, index, payload })),
  );
  const takeOne = (name: string, payload: unknown) =>
    take('github', {
      name,
      body: JSON.stringify(payload),
      headers: { 'x-github-event': name, 'x-github-delivery': deliveryId },
    });

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

    expect((await takeOne(name, first?.payload)).events).toEqual([[deliveryId, type, lane]]);
  });

  it('are taken, each as one event of the type that it names; a ping is answered', async () => {
    const read = await Promise.all(recorded.map(({ name, payload }) => takeOne(name, payload)));

    expect(read).toEqual(
      recorded.map(({ name, payload: { action } }) => ({
        isTaken: true,
        events:
          name === 'ping'
            ? []
            : [[deliveryId, action === undefined ? name : `${name}.${action}`, expect.stringMatching(/./)]],
      })),
    );
    expect(recorded.length).toBeGreaterThan(300);
  });
});

/** The part of Braintree's library that makes samples. */
const library = require('braintree') as {
  BraintreeGateway: new (options: Record<string, unknown>) => {
    webhookTesting: {
      sampleNotification(kind: string, id: string): { bt_signature: string; bt_payload: string };
    };
  };
  Environment: { Sandbox: unknown };
  WebhookNotification: { Kind: Record<string, string> };
};

describe('payloads that providers publish with their own libraries and pages', () => {
  it('Braintree: every kind that its library signs, in the lane of what it is about', async () => {
    const gateway = new library.BraintreeGateway({
      environment: library.Environment.Sandbox,
      merchantId: 'm',
      publicKey: 'public',
      privateKey: 'private',
    });
    const kinds = Object.values(library.WebhookNotification.Kind);
    const unsigned = unsignedRequest(sampleOf('braintree'), now);

    const read = await Promise.all(
      kinds.map(async (kind) => {
        const form = new URLSearchParams(gateway.webhookTesting.sampleNotification(kind, 'thing-1'));
        return await taken('braintree', { ...unsigned, body: Buffer.from(form.toString()) }, [
          'public:private',
        ]);
      }),
    );

    expect(kinds.length).toBeGreaterThan(40);
    expect(read).toEqual(
      kinds.map((kind) => ({
        isTaken: true,
        events: [[expect.stringMatching(/^[0-9a-f]{64}$/), kind, expect.stringMatching(/./)]],
      })),
    );
    const laneOf = (kind: string) => read[kinds.indexOf(kind)]?.events[0]?.[2];
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
    const otherwise: unknown = expect.stringMatching(/^[0-9a-f]{64}\/2026-03-01T12:00:00\.000Z$/);

    expect(bodies.length).toBeGreaterThan(4);
    for (const body of bodies) {
      expect(await take('box', { name: 'box', body })).toEqual({
        isTaken: true,
        events: [[otherwise, 'FILE.UPLOADED', '1234567890']],
      });
    }
  });

  it('SendGrid: what its library verifies, under the key and the signature that it was sent with', async () => {
    const file = require
      .resolve('@sendgrid/eventwebhook')
      .replace(/eventwebhook\.js$/, 'eventwebhook.spec.js');
    const spec = readFileSync(file, 'utf8');
    const constant = (name: string) => new RegExp(`const ${name} = '?([^';]+)`).exec(spec)?.[1] ?? '';
    const sentAt = constant('TIMESTAMP_MULTIPLE');
    const events = /const eventsPayloadMultiple = (\[[\s\S]*?\n {2}\]);/.exec(spec)?.[1] ?? '';
    const json = events
      .replace(/^(\s*)'?([\w-]+)'?: /gm, '$1"$2": ')
      .replace(/'/g, '"')
      .replace(/,(\s*[}\]])/g, '$1');
    const body = `${JSON.stringify(JSON.parse(json)).split('},{').join('},\r\n{')}\r\n`;
    const request = {
      ...unsignedRequest(sampleOf('sendgrid'), now),
      body: Buffer.from(body),
      headers: {
        'content-type': 'application/json',
        'x-twilio-email-event-webhook-signature': constant('SIGNATURE_MULTIPLE'),
        'x-twilio-email-event-webhook-timestamp': sentAt,
      },
    };

    const read = await taken(
      'sendgrid',
      request,
      [constant('PUBLIC_KEY_MULTIPLE')],
      new Date(Number(sentAt) * 1000),
    );

    const lane = 'qNwBLgPQQjW6DJvKQwSAbw.filterdrecv-canary-547b64655b-cw6zx-1-6089EA4A-56.0';
    expect(read).toEqual({
      isTaken: true,
      events: [
        ['cHJvY2Vzc2VkLTE5OTQyMTEyLXFOd0JMZ1BRUWpXNkRKdktRd1NBYnctMA', 'processed', lane],
        ['Ym91bmNlLTAtMTk5NDIxMTItcU53QkxnUFFRalc2REp2S1F3U0Fidy0w', 'bounce', lane],
      ],
    });
  });

  it('Slack: the command of its page', async () => {
    const body =
      'token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c';
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };

    expect(await take('slack', { name: 'command', body, headers })).toEqual({
      isTaken: true,
      events: [
        ['398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c', 'command', 'T1DC2JH3J/G8PSS9T3V'],
      ],
    });
  });
});
