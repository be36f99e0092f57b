import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { noBodies } from '../../../functions/ledger/body-store.ts';
import { createLedger, type Ledger } from '../../../functions/ledger/ledger.ts';
import { operations } from '../../../functions/ops/operations.ts';
import { startTestDatabase, type TestDatabase } from '../../dynamodb.ts';
import { recordingLog } from '../../unit/recording-log.ts';

let database: TestDatabase;
let ledger: Ledger;
beforeAll(async () => {
  database = await startTestDatabase();
  ledger = createLedger({
    dynamodb: database.dynamodb,
    ledgerTable: await database.table('ledger'),
    objects: noBodies,
    now: () => new Date(),
    newId: () => randomUUID(),
    sleep: async () => undefined,
  });
});
afterAll(() => database.close());

const get = async (path: string, over: { method?: string; ledger?: Ledger } = {}) => {
  const { log } = recordingLog();
  const { method = 'GET' } = over;
  const { statusCode, headers, body } = await operations(
    { method, path },
    { ledger: over.ledger ?? ledger, log },
  );
  const parsed: unknown = JSON.parse(body ?? '');
  return { statusCode, headers, body: parsed };
};

const acceptedAt = new Date(Date.now() - 1000);
const accept = (eventId: string) =>
  ledger.accept({
    source: 'acme',
    eventId,
    type: 'order.paid',
    lane: 'acme#o1',
    raw: Buffer.from('{}'),
    headers: {},
    acceptedAt,
    expiresAt: new Date(Date.now() + 90 * 24 * 3600_000),
    correlationId: 'c-1',
    nonce: randomUUID(),
  });
const common = { actor: 'processor', generation: 0, replay: 0, attempt: 1 };

it('reads an event and its audit, an id with a slash too', async () => {
  const id = `a/${randomUUID()}`;
  await accept(id);
  await ledger.append(`acme#${id}`, {
    ...common,
    number: 1,
    state: 'processing',
    messageId: 'm',
    copy: 'c',
    leaseUntil: new Date(),
    worker: 'w',
  });
  await ledger.note(`acme#${id}`, { what: 'duplicate', actor: 'ingest', answered: 'duplicate, processing' });
  await ledger.append(`acme#${id}`, {
    ...common,
    number: 2,
    state: 'processed',
    durationMs: 1,
    result: { a: 1 },
  });

  const event = await get(`/ops/events/acme/${encodeURIComponent(id)}`);
  const audit = await get(`/ops/events/acme/${id}/audit`);

  expect(event).toMatchObject({
    statusCode: 200,
    body: {
      source: 'acme',
      eventId: id,
      type: 'order.paid',
      lane: 'acme#o1',
      state: 'processed',
      attempts: 1,
      duplicates: 1,
      acceptedAt: acceptedAt.toISOString(),
      result: { a: 1 },
    },
  });
  const { items } = audit.body as { items: { what: string }[] };
  expect(items.map(({ what }) => what)).toEqual(['accepted', 'started', 'duplicate', 'processed']);
});

it('reads an event whose id ends in what is also the name of a view', async () => {
  const id = `${randomUUID()}/audit`;
  await accept(id);

  const event = await get(`/ops/events/acme/${id}`);
  const audit = await get(`/ops/events/acme/${id}/audit`);

  expect(event).toMatchObject({ statusCode: 200, body: { eventId: id } });
  expect(audit).toMatchObject({ statusCode: 200, body: { items: [{ what: 'accepted' }] } });
});

it.each([
  ['/ops/events/acme/nothing', 'GET', 404, 'unknown-event'],
  ['/ops/events/acme/nothing/audit', 'GET', 404, 'unknown-event'],
  ['/ops/events/acme/nothing', 'DELETE', 405, 'method-not-allowed'],
  ['/ops/nothing', 'GET', 404, 'not-found'],
])('answers %s by %s with %i %s', async (path, method, statusCode, cause) => {
  const answer = await get(path, { method });

  expect(answer).toMatchObject({
    statusCode,
    headers: { 'content-type': 'application/problem+json' },
    body: { status: statusCode, cause },
  });
});

it('is healthy while the ledger answers, and not when it does not', async () => {
  const down = () => Promise.reject(new Error('connect ECONNREFUSED 127.0.0.1:1'));

  const up = await get('/health');
  const failing = await get('/health', { ledger: { ...ledger, newest: down } });

  expect(up).toMatchObject({ statusCode: 200, body: { status: 'ok' } });
  expect(failing).toMatchObject({ statusCode: 503, body: { cause: 'ledger-unreachable' } });
  expect(JSON.stringify(failing)).not.toContain('ECONNREFUSED');
});
