import { createHmac, randomUUID } from 'node:crypto';
import { ReceiveMessageCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import Stripe from 'stripe';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { rejectionPartition, sha256Hex } from '../../functions/ledger/keys.ts';
import { startCloud, type Cloud } from '../../local/start-cloud.ts';
import { observe } from './fixtures/sink-cloud.ts';
import { temporaryFolder } from './fixtures/temporary-folder.ts';
import { until } from './fixtures/until.ts';

/** The configuration of the checkout, as `npm start` runs it. */
let cloud: Cloud;
let seen: ReturnType<typeof observe>;
const dataFolder = temporaryFolder();
beforeAll(async () => {
  cloud = await startCloud({ dataFolder, port: 0, workers: 2, drainMs: 0 });
  seen = observe(cloud);
});
afterAll(async () => {
  seen.close();
  await cloud.close();
});

type Bytes = string | Uint8Array<ArrayBuffer>;
type Headers = Readonly<Record<string, string>>;

interface Sent {
  readonly source: string;
  readonly method?: string;
  readonly body: Bytes;
  readonly headers: Headers;
}

const json = { 'content-type': 'application/json' };
const secretOf = (source: string) => cloud.secrets[source]?.[0] ?? '';
const event = JSON.stringify({ id: 'e1', type: 'order.paid', entity: 'o1' });
const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);

const signature = (body: Bytes, secret = secretOf('acme')) =>
  `v1=${createHmac('sha256', secret).update(body).digest('hex')}`;
const acme = (body: Bytes, more: Headers = {}): Sent => ({
  source: 'acme',
  body,
  headers: { ...json, 'x-acme-signature': signature(body), ...more },
});

const payment = {
  order_uuid: randomUUID(),
  txn_id: 't1',
  status: 'paid',
  amount: 10,
  timestamp: '2026-01-01T00:00:00Z',
  webhook_source: 'test',
  correlation_id: 'c',
  metadata: {},
};
const payments = (change: Readonly<Record<string, unknown>>, more: Headers = {}): Sent => ({
  source: 'payments',
  body: JSON.stringify({ ...payment, ...change }),
  headers: { ...json, authorization: `Bearer ${secretOf('payments')}`, ...more },
});

function stripe(secondsFromNow: number): Sent {
  const body = JSON.stringify({ id: 'evt_1', type: 'a', created: 1, data: { object: { id: 'ch_1' } } });
  const timestamp = Math.floor(Date.now() / 1000) + secondsFromNow;
  const sign = new Stripe('sk_test_none').webhooks;
  const header = sign.generateTestHeaderString({ payload: body, secret: secretOf('stripe'), timestamp });
  return { source: 'stripe', body, headers: { ...json, 'stripe-signature': header } };
}

async function send({ source, method = 'POST', body, headers }: Sent) {
  const takesBody = method !== 'GET';
  const response = await fetch(`${cloud.url}/webhooks/${source}`, {
    method,
    headers: { ...headers },
    ...(takesBody ? { body } : {}),
  });
  return { response, text: await response.text() };
}

/** Neither a place in the code nor the name of an exception, whoever answers. */
const innards = /\bat .*[.:]\d+:\d+|\.ts\b|\.js\b|node_modules|node:|[A-Z]\w*(Error|Exception)\b/;

const Rejected = z.object({
  source: z.string(),
  cause: z.string(),
  status: z.number(),
  requestId: z.string(),
  bodyBytes: z.number(),
  ip: z.string(),
});

async function rejectionsOf(source: string, requestId: string) {
  const { Items = [] } = await seen.dynamodb.send(
    new QueryCommand({
      TableName: 'hooklane-ledger',
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': rejectionPartition(source, new Date(), requestId) },
      ConsistentRead: true,
    }),
  );
  return z
    .array(Rejected)
    .parse(Items)
    .filter((item) => item.requestId === requestId);
}

const missing = [401, 'signature-refused', 'missing-signature'] as const;
const wrong = [401, 'signature-refused', 'wrong-signature'] as const;
const malformed = [401, 'signature-refused', 'malformed-signature'] as const;

/** What is sent, the status, what the sender is told, and what is recorded where that says more. */
const refused: readonly [string, () => Sent, number, string, string?][] = [
  ['an unknown source', () => ({ ...acme(event), source: 'nobody' }), 404, 'unknown-source'],
  ['a source called __proto__', () => ({ ...acme(event), source: '__proto__' }), 404, 'unknown-source'],
  ['a source called constructor', () => ({ ...acme(event), source: 'constructor' }), 404, 'unknown-source'],
  ['GET', () => ({ ...acme(event), method: 'GET' }), 405, 'method-not-allowed'],
  ['PUT', () => ({ ...acme(event), method: 'PUT' }), 405, 'method-not-allowed'],
  ['a body of one byte over the limit', () => acme('x'.repeat(5 * 1024 * 1024 + 1)), 413, 'body-too-large'],
  ['a content type of CSV', () => acme(event, { 'content-type': 'text/csv' }), 415, 'unsupported-media-type'],
  ['no signature', () => ({ ...acme(event), headers: json }), ...missing],
  [
    'a signature by another secret',
    () => acme(event, { 'x-acme-signature': signature(event, 'x') }),
    ...wrong,
  ],
  ['a signature of another body', () => ({ ...acme(event), body: `${event} ` }), ...wrong],
  ['a signature that is no hex', () => acme(event, { 'x-acme-signature': 'v1=zz' }), ...malformed],
  ['no token', () => ({ ...payments({}), headers: json }), ...missing],
  ['a wrong token', () => payments({}, { authorization: 'Bearer wrong' }), ...wrong],
  ['a token of another scheme', () => payments({}, { authorization: 'Basic d3Jvbmc6' }), ...malformed],
  ['an expired signature', () => stripe(-310), 401, 'signature-refused', 'timestamp-expired'],
  ['a signature of the future', () => stripe(320), 401, 'signature-refused', 'timestamp-in-future'],
  ['an empty body', () => acme(''), 400, 'empty-body'],
  ['a truncated body', () => acme('{"id":"e1"'), 400, 'invalid-json'],
  ['a body that is no JSON', () => acme('hello'), 400, 'invalid-json'],
  ['a body that is no UTF-8', () => acme(Buffer.from([0x7b, 0xff, 0x7d])), 400, 'invalid-utf8'],
  ['a body nested 200,000 deep', () => acme(nested(200_000)), 400, 'body-too-deep'],
  ['a body whose id is in its prototype', () => acme('{"__proto__":{"id":"e1"}}'), 400, 'missing-id'],
  ['a body without an id', () => acme('{}'), 400, 'missing-id'],
  ['a body that is null', () => acme('null'), 400, 'missing-id'],
  ['an id that is a list', () => acme('{"id":[1]}'), 400, 'invalid-id'],
  ['an amount that is a text', () => payments({ amount: 'much' }), 400, 'invalid-body'],
  ['a payment of an unknown status', () => payments({ status: 'stolen' }), 400, 'invalid-body'],
  ['a payment without a transaction', () => payments({ txn_id: undefined }), 400, 'invalid-body'],
];

test.each(refused)(
  'G7: %s is refused with its status and cause, one audit item, and nothing of our insides',
  async (_, make, status, cause, recorded = cause) => {
    const sent = make();

    const { response, text } = await send(sent);

    expect(response.status).toBe(status);
    expect(text).not.toMatch(innards);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    const correlationId = response.headers.get('x-correlation-id');
    expect(JSON.parse(text)).toMatchObject({ status, cause, correlationId });
    const requestId = response.headers.get('apigw-requestid') ?? '';
    const source = cause === 'unknown-source' ? 'unknown' : sent.source;
    const bodyBytes = sent.method === 'GET' ? 0 : Buffer.byteLength(sent.body);
    expect(await rejectionsOf(source, requestId)).toEqual([
      { source, cause: recorded, status, requestId, bodyBytes, ip: '127.0.0.1' },
    ]);
    expect(await seen.queued()).toEqual({ visible: 0, inFlight: 0 });
  },
);

test('the paths that are wrong are named', async () => {
  const { text } = await send(payments({ amount: -1, timestamp: 'yesterday' }));

  expect(JSON.parse(text)).toMatchObject({ errors: [{ path: 'amount' }, { path: 'timestamp' }] });
});

test.each(['<script>', 'x'.repeat(129), 'a b', 'a%0d%0aset-cookie: b=c', 'a,b', ''])(
  'the correlation id %j is given back to nobody',
  async (correlationId) => {
    const body = JSON.stringify({ id: randomUUID(), type: 'a' });

    const { response, text } = await send(acme(body, { 'x-correlation-id': correlationId }));

    expect(response.status).toBe(202);
    expect(response.headers.get('x-correlation-id')).toMatch(/^[0-9a-f-]{36}$/);
    expect(response.headers.getSetCookie()).toEqual([]);
    expect(correlationId !== '' && text.includes(correlationId)).toBe(false);
  },
);

test('a body that would pollute prototypes is taken for what it is, and pollutes nothing', async () => {
  const id = randomUUID();
  const body = `{"id":"${id}","type":"a","__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}`;

  const { response } = await send(acme(body));

  expect(response.status).toBe(202);
  await seen.untilState(`acme#${id}`, 'ignored');
});

describe('elsewhere', () => {
  test.each([
    ['GET', '/', 404],
    ['GET', '/webhooks', 404],
    ['GET', '/webhooks/acme/more', 405],
    ['GET', '/webhooks/%2e%2e%2facme', 404],
    ['GET', '/ops/nothing', 404],
    ['GET', '/ops/events/acme/none', 404],
    ['GET', '/ops/events/acme/none/audit', 404],
    ['GET', '/ops/events/%00/%ff', 404],
    ['DELETE', '/ops/events/acme/none', 405],
    ['POST', '/orders', 400],
    ['GET', '/orders/none', 400],
    ['GET', `/orders/${randomUUID()}`, 404],
    ['GET', `/orders/${randomUUID()}/events`, 404],
  ])('%s %s is answered without anything of our insides', async (method, path, status) => {
    const response = await fetch(`${cloud.url}${path}`, { method });

    expect(await response.text()).not.toMatch(innards);
    expect(response.status).toBe(status);
  });
});

test('G7: junk in the queue is audited once and ends in the dead-letter queue; what comes after it runs', async () => {
  const junk = ['not JSON', '{"event":"no key","generation":0,"copy":"a"}', '{}'];
  for (const body of junk) {
    const message = { QueueUrl: cloud.queueUrl, MessageBody: body, MessageGroupId: 'junk' };
    await seen.sqs.send(new SendMessageCommand({ ...message, MessageDeduplicationId: sha256Hex(body) }));
  }

  await until(async () => (await seen.deadLetters()) === junk.length, 'all of it is dead-lettered', 20_000);

  const QueueUrl = cloud.deadLetterQueueUrl;
  const { Messages = [] } = await seen.sqs.send(
    new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }),
  );
  expect(Messages.map(({ Body }) => Body)).toEqual(junk);
  for (const { MessageId: id = '' } of Messages) {
    const rejections = await rejectionsOf('unknown', id);
    expect(rejections).toMatchObject([{ cause: 'junk-message', ip: 'queue' }]);
  }
  const id = randomUUID();
  await send(acme(JSON.stringify({ id, type: 'a' })));
  await seen.untilState(`acme#${id}`, 'ignored');
}, 60_000);
