import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { HttpRequest } from '../../../functions/ingest/http-request.ts';
import { startTestDatabase, type TestDatabase } from '../../support/dynamodb.ts';
import {
  request,
  secret,
  setUpIngest,
  signed,
  stripeSecret,
  withHeaders,
} from '../../support/ingest-fixture.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await startTestDatabase();
});
afterAll(() => database.close());

const order = { id: 'e1', type: 'order.paid', entity: 'o1' };
const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);

function stripeSigned(secondsFromNow: number): HttpRequest {
  const one = request('stripe', { id: 'evt_1', type: 'a', data: { object: { id: 'ch_1' } } });
  const time = Math.floor(Date.now() / 1000) + secondsFromNow;
  const text = `${time}.${Buffer.from(one.body).toString()}`;
  const signature = createHmac('sha256', stripeSecret).update(text).digest('hex');
  return withHeaders(one, { 'stripe-signature': `t=${time},v1=${signature}` });
}

interface BadRequest {
  readonly what: string;
  readonly of: HttpRequest;
  readonly status: number;
  /** As the sender is told. */
  readonly cause: string;
  /** As it is recorded, where that says more. */
  readonly recorded?: string;
  readonly source?: string;
}

const refusedSignature = { status: 401, cause: 'signature-refused' } as const;

const badRequests: readonly BadRequest[] = [
  {
    what: 'an unknown source',
    of: request('nobody', order),
    status: 404,
    cause: 'unknown-source',
    source: 'unknown',
  },
  {
    what: 'a source called __proto__',
    of: request('__proto__', order),
    status: 404,
    cause: 'unknown-source',
    source: 'unknown',
  },
  {
    what: 'another method',
    of: request('acme', order, { method: 'GET' }),
    status: 405,
    cause: 'method-not-allowed',
  },
  {
    what: 'a body over the limit',
    of: request('small', { id: 'x'.repeat(64) }),
    status: 413,
    cause: 'body-too-large',
  },
  {
    what: 'another content type',
    of: withHeaders(request('open', 'id=1'), { 'content-type': 'text/csv' }),
    status: 415,
    cause: 'unsupported-media-type',
  },
  {
    what: 'a body packed with gzip',
    of: withHeaders(signed(request('acme', Buffer.from([0x1f, 0x8b, 0x08]))), { 'content-encoding': 'gzip' }),
    status: 415,
    cause: 'unsupported-media-type',
  },
  {
    what: 'a delivery by GET to a source of POST',
    of: request('open', '', { method: 'GET', rawQuery: 'id=e1' }),
    status: 405,
    cause: 'method-not-allowed',
  },
  {
    what: 'a delivery by GET to a source that takes no forms',
    of: request('put', '', { method: 'GET', rawQuery: 'id=e1' }),
    status: 415,
    cause: 'unsupported-media-type',
  },
  {
    what: 'a missing signature',
    of: request('acme', order),
    ...refusedSignature,
    recorded: 'missing-signature',
  },
  {
    what: 'a signature by another secret',
    of: signed(request('acme', order), 'another'),
    ...refusedSignature,
    recorded: 'wrong-signature',
  },
  {
    what: 'a signature of another body',
    of: { ...signed(request('acme', order)), body: Buffer.from('{"id":"e2"}') },
    ...refusedSignature,
    recorded: 'wrong-signature',
  },
  {
    what: 'a malformed signature',
    of: withHeaders(request('acme', order), { 'x-acme-signature': 'v1=zz' }),
    ...refusedSignature,
    recorded: 'malformed-signature',
  },
  {
    what: 'an expired signature',
    of: stripeSigned(-301),
    ...refusedSignature,
    recorded: 'timestamp-expired',
  },
  {
    what: 'a signature of the future',
    of: stripeSigned(310),
    ...refusedSignature,
    recorded: 'timestamp-in-future',
  },
  {
    what: 'a source that has no secret',
    of: withHeaders(request('keyless', order), { authorization: 'Bearer x' }),
    ...refusedSignature,
    recorded: 'no-secret',
  },
  { what: 'an empty body', of: signed(request('acme', '')), status: 400, cause: 'empty-body' },
  { what: 'a truncated body', of: signed(request('acme', '{"id":"e1"')), status: 400, cause: 'invalid-json' },
  {
    what: 'a body that is no JSON',
    of: signed(request('acme', 'hello')),
    status: 400,
    cause: 'invalid-json',
  },
  {
    what: 'a body that is no UTF-8',
    of: signed(request('acme', Buffer.from([0x7b, 0xff, 0x7d]))),
    status: 400,
    cause: 'invalid-utf8',
  },
  {
    what: 'a body nested deeply',
    of: signed(request('acme', nested(200_000))),
    status: 400,
    cause: 'body-too-deep',
  },
  {
    what: 'a polluting body in place of an id',
    of: signed(request('acme', '{"__proto__":{"id":"e1"}}')),
    status: 400,
    cause: 'missing-id',
  },
  { what: 'a body without an id', of: signed(request('acme', {})), status: 400, cause: 'missing-id' },
  { what: 'a body that is a number', of: signed(request('acme', '7')), status: 400, cause: 'missing-id' },
  {
    what: 'an id that is a list',
    of: signed(request('acme', { id: [1] })),
    status: 400,
    cause: 'invalid-id',
  },
  {
    what: 'a sequence number that is none',
    of: request('ordered', { id: 'e1', entity: 'a', n: -1 }),
    status: 400,
    cause: 'invalid-order',
  },
  {
    what: 'a body of another form',
    of: request('typed', { id: 'e1', amount: '7' }),
    status: 400,
    cause: 'invalid-body',
  },
  {
    what: 'one bad event among good ones',
    of: request('batch', { events: [{ id: 'a' }, { entity: 'c' }] }),
    status: 400,
    cause: 'missing-id',
  },
];

it.each(badRequests)(
  'G7: refuses $what with $status and exactly one audit item',
  async ({ of, status, cause, recorded = cause, source = of.sourceName }) => {
    const { ingest, everything, sent } = await setUpIngest(database);

    const answer = await ingest(of);

    expect(answer.status).toBe(status);
    expect(answer.headers).toMatchObject({ 'content-type': 'application/problem+json' });
    expect(answer.body).toMatchObject({ status, cause, correlationId: answer.headers?.['x-correlation-id'] });
    const items = await everything();
    expect(items).toHaveLength(1);
    expect(items[0]).toMatchObject({
      source,
      cause: recorded,
      status,
      requestId: of.requestId,
      ip: of.sourceIp,
      bodyBytes: of.body.byteLength,
    });
    expect(sent).toEqual([]);
    expect(JSON.stringify([answer, items])).not.toMatch(/s3cret|node_modules|\.ts:/);
  },
);

it('names the paths that are wrong', async () => {
  const { ingest } = await setUpIngest(database);

  const answer = await ingest(request('typed', { id: 7, amount: 'x' }));

  expect(answer.body).toMatchObject({ errors: [{ path: 'id' }, { path: 'amount' }] });
});

it.each(['a\r\nset-cookie: x=1', 'x'.repeat(129), '<script>'])(
  'gives the correlation id %j back to nobody',
  async (correlationId) => {
    const { ingest, everything } = await setUpIngest(database);

    const answer = await ingest(
      withHeaders(request('open', { id: 'e1' }), { 'x-correlation-id': correlationId }),
    );

    expect(answer.headers?.['x-correlation-id']).toMatch(/^[0-9a-f-]{36}$/);
    const [event] = await everything();
    expect(event?.correlationId).toBe(answer.headers?.['x-correlation-id']);
  },
);

it('takes a polluting body as what it is: keys', async () => {
  const { ingest } = await setUpIngest(database);

  const answer = await ingest(request('open', '{"id":"e1","__proto__":{"polluted":true}}'));

  expect(answer.status).toBe(202);
  expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
});

it('keeps the secret of a token source out of the ledger', async () => {
  const { ingest, everything } = await setUpIngest(database);

  await ingest(signed(withHeaders(request('acme', order), { authorization: `Bearer ${secret}` })));

  expect(JSON.stringify(await everything())).not.toContain(secret);
});

it('refuses within about a second while the ledger is down, with the same 4xx', async () => {
  const hanging = { send: () => new Promise<never>(() => undefined) };
  const { ingest } = await setUpIngest(database, () => hanging);
  const begin = performance.now();

  const answer = await ingest(request('acme', order));

  expect(answer.status).toBe(401);
  expect(performance.now() - begin).toBeLessThan(1500);
});

it('names the encoding that it does not take', async () => {
  const { ingest } = await setUpIngest(database);

  const answer = await ingest(withHeaders(request('open', 'xyz'), { 'content-encoding': 'gzip' }));

  expect(answer.body).toMatchObject({
    errors: [{ path: 'header:content-encoding', message: 'gzip is not taken: send the body as it is' }],
  });
});

it('says by which methods a source is delivered to', async () => {
  const { ingest } = await setUpIngest(database);

  const answer = await ingest(request('put', '{}', { method: 'DELETE' }));

  expect(answer).toMatchObject({ status: 405, headers: { allow: 'PUT, GET' } });
});

it.each([
  ['a type that is an object', { id: 'e1', type: {} }, ['type']],
  ['an entity that is a list', { id: 'e1', type: 't', entity: [] }, ['lane']],
  ['an id with a line break', { id: 'a\nb', type: 't' }, undefined],
])('takes %s, and says in the log what it lacks', async (_, body, lacks) => {
  const { ingest, lines, sent } = await setUpIngest(database);

  const answer = await ingest(signed(request('acme', body)));

  expect(answer.status).toBe(202);
  expect(sent).toHaveLength(1);
  const warned = lines.filter(({ level }) => level === 'warn').map((line) => line['lacks']);
  expect(warned).toEqual(lacks === undefined ? [] : [lacks]);
});

it('takes an event that is delivered by GET or PUT, where the source says so', async () => {
  const { ingest, everything } = await setUpIngest(database);

  const byGet = await ingest(request('form', '', { method: 'GET', rawQuery: 'id=e1&entity=%C3%BC' }));
  const byPut = await ingest(request('put', { id: 'e2' }, { method: 'PUT' }));

  expect([byGet.status, byPut.status]).toEqual([202, 202]);
  const keys = (await everything()).map(({ pk, lane }): unknown[] => [pk, lane]);
  expect(keys.sort()).toEqual([
    ['form#e1', 'form#ü'],
    ['put#e2', undefined],
  ]);
});

it('G1: takes an event whose headers are named as what every object has', async () => {
  const { ingest, ledger } = await setUpIngest(database);
  const one = signed(request('acme', order));
  const headers = Object.fromEntries([
    ...Object.entries(one.headers),
    ['constructor', 'a'],
    ['__proto__', 'b'],
  ]);

  const answer = await ingest({ ...one, headers });

  expect(answer.status).toBe(202);
  expect((await ledger.read('acme#e1')).event?.headers).toHaveProperty('x-acme-signature');
});
