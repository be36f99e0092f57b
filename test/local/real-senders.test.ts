import { createHash, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { sign } from '@octokit/webhooks-methods';
import { Webhook } from 'standardwebhooks';
import Stripe from 'stripe';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as z from 'zod';
import { idempotencyKey } from '../../functions/processor/idempotency-key.ts';
import { eventKey } from '../../functions/ledger/keys.ts';
import { startSinkCloud, type SinkCloud } from './fixtures/sink-cloud.ts';
import { temporaryFolder } from './fixtures/temporary-folder.ts';

/** Requests as real senders make them: their own payloads, signed by their own libraries. */
let cloud: SinkCloud;
const dataFolder = temporaryFolder();
beforeAll(async () => {
  cloud = await startSinkCloud({ dataFolder });
});
afterAll(() => cloud.close());

interface Delivery {
  readonly source: string;
  readonly eventId: string;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly state: 'processed' | 'ignored';
}

const sha256 = (bytes: string | Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const secretOf = (source: string) => cloud.cloud.secrets[source]?.[0] ?? '';

async function sendAll(deliveries: readonly Delivery[]): Promise<void> {
  const left = deliveries.values();
  const sender = async () => {
    for (const { source, body, headers, eventId } of left) {
      const answer = await cloud.send(source, body, headers);
      expect([answer.status, answer.body]).toMatchObject([202, { status: 'accepted', eventId }]);
    }
  };
  await Promise.all(Array.from({ length: 16 }, sender));
}

/** Each ended once, with the bytes that were sent: in the ledger, and in the hands of its handler. */
async function expectEachOnce(deliveries: readonly Delivery[]): Promise<void> {
  await cloud.untilRest(
    deliveries.map(({ source, eventId }) => `${source}#${eventId}`),
    60_000,
  );
  const callsOf = Map.groupBy(cloud.sink.calls, (call) => call.idempotencyKey);
  for (const { source, eventId, body, state } of deliveries) {
    const key = eventKey(source, eventId);
    const { event, entries, notes } = await cloud.record(key);
    expect([key, ...entries.map((entry) => entry.state)]).toEqual([key, 'processing', state]);
    expect(notes).toEqual([]);
    const stored = event && (await cloud.ledger.readBody(event));
    expect(stored && Buffer.from(stored).toString()).toBe(body);
    const called = callsOf.get(idempotencyKey(key, 0)) ?? [];
    expect(called.map((call) => call.sha256)).toEqual(state === 'processed' ? [sha256(body)] : []);
  }
}

const Examples = z.array(z.object({ name: z.string(), examples: z.array(z.unknown()) }));
const require = createRequire(import.meta.url);

test.each(['api.github.com', 'ghes-31', 'ghes-32', 'ghes-33', 'ghes-34', 'ghes-35'])(
  'G1, G2: every payload of %s, signed by @octokit/webhooks-methods, ends once with its bytes unchanged',
  async (set) => {
    const file = require.resolve(`@octokit/webhooks-examples/${set}/index.json`);
    const examples = Examples.parse(JSON.parse(readFileSync(file, 'utf8')));
    // A ping is answered and is no event: tested below.
    const payloads = examples
      .filter(({ name }) => name !== 'ping')
      .flatMap(({ name, examples: ofName }) =>
        ofName.map((payload) => ({ name, body: JSON.stringify(payload, null, 2) })),
      );
    const deliveries = await Promise.all(
      payloads.map(async ({ name, body }): Promise<Delivery> => {
        const eventId = randomUUID();
        const headers = {
          'x-github-event': name,
          'x-github-delivery': eventId,
          'x-hub-signature-256': await sign(secretOf('github'), body),
        };
        const state = name.startsWith('star') ? 'ignored' : 'processed';
        return { source: 'github', eventId, body, headers, state };
      }),
    );

    await sendAll(deliveries);

    await expectEachOnce(deliveries);
    expect(deliveries.length).toBeGreaterThan(47);
  },
  90_000,
);

test('G1, G2: Stripe bodies signed by stripe itself end once with their bytes unchanged', async () => {
  const library = new Stripe('sk_test_none');
  const deliveries = ['customer.created', 'invoice.paid', 'charge.refunded'].flatMap((type) =>
    Array.from({ length: 5 }, (_, n): Delivery => {
      const eventId = `evt_${type}_${n}`;
      const object = { id: `obj_${n}`, object: type, note: 'naïve — 価格 \u2028 🎉' };
      const created = Math.floor(Date.now() / 1000);
      const body = JSON.stringify(
        { id: eventId, object: 'event', type, created, livemode: false, api_version: null, data: { object } },
        null,
        n,
      );
      const signature = library.webhooks.generateTestHeaderString({
        payload: body,
        secret: secretOf('stripe'),
      });
      const headers = { 'stripe-signature': signature, 'content-type': 'application/json; charset=utf-8' };
      return { source: 'stripe', eventId, body, headers, state: 'processed' };
    }),
  );

  await sendAll(deliveries);

  await expectEachOnce(deliveries);
});

test('G1, G2: messages signed by standardwebhooks are forwarded once with their bytes unchanged', async () => {
  const library = new Webhook(secretOf('standard'));
  const deliveries = Array.from({ length: 15 }, (_, n): Delivery => {
    const eventId = `msg_${n}`;
    const body = JSON.stringify({ type: 'user.created', data: { n, emoji: '🪝' } }, null, n % 3);
    const at = new Date();
    const headers = {
      'webhook-id': eventId,
      'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
      'webhook-signature': library.sign(eventId, at, body),
    };
    return { source: 'standard', eventId, body, headers, state: 'processed' };
  });

  await sendAll(deliveries);

  await expectEachOnce(deliveries);
});

test("GitHub's ping is answered with 200 once it is verified, audited, and stores no event", async () => {
  const body = JSON.stringify({ zen: 'Keep it logically awesome.', hook_id: 1 });
  const eventId = randomUUID();
  const headers = {
    'x-github-event': 'ping',
    'x-github-delivery': eventId,
    'x-hub-signature-256': await sign(secretOf('github'), body),
  };

  const post = async (more: Readonly<Record<string, string>> = {}) =>
    await fetch(`${cloud.cloud.url}/webhooks/github`, {
      method: 'POST',
      body,
      headers: { ...headers, ...more },
    });
  const statuses = [(await post()).status, (await post({ 'x-hub-signature-256': 'sha256=00' })).status];

  expect(statuses).toEqual([200, 401]);
  expect((await cloud.record(eventKey('github', eventId))).event).toBeUndefined();
});

test('a signed body whose bytes were changed on the way is refused', async () => {
  const body = JSON.stringify({ zen: 'Keep it logically awesome.' });
  const headers = {
    'x-github-event': 'ping',
    'x-github-delivery': randomUUID(),
    'x-hub-signature-256': await sign(secretOf('github'), body),
  };

  const answer = await cloud.send('github', `${body} `, headers);

  expect(answer.status).toBe(401);
});
