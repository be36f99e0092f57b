import { randomUUID } from 'node:crypto';
import { TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { none, source } from 'hooklane';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Ledger } from '../../../functions/ledger/ledger.ts';
import { startTestDatabase, type TestDatabase } from '../../support/dynamodb.ts';
import { appendAll, processed, processing } from '../../support/ledger-fixture.ts';
import { startOps, type Ops } from '../../support/ops-fixture.ts';

let database: TestDatabase;
let ledger: Ledger;
let ops: Ops;
beforeAll(async () => {
  database = await startTestDatabase();
  ops = await startOps(database, {
    sources: { acme: source({ verify: none(), id: 'id', lane: 'order' }) },
    handlers: {},
  });
  ledger = ops.world.ledger;
});
afterAll(() => database.close());

const acceptedAt = new Date('2026-11-24T09:59:59.000Z');
const accept = (eventId: string) =>
  ledger.accept({
    source: 'acme',
    eventId,
    type: 'order.paid',
    lane: 'acme#o1',
    raw: Buffer.from('{}'),
    headers: {},
    acceptedAt,
    expiresAt: new Date('2027-02-22T09:59:59.000Z'),
    correlationId: 'c-1',
    nonce: randomUUID(),
  });

it('reads an event and its audit, an id with a slash too', async () => {
  const id = `a/${randomUUID()}`;
  await accept(id);
  const began = await appendAll({ ledger }, `acme#${id}`, processing());
  await ledger.note(`acme#${id}`, { what: 'duplicate', actor: 'ingest', answered: 'duplicate, processing' });
  ops.world.passSeconds(1);
  await ledger.append(`acme#${id}`, began, processed({ result: { a: 1 } }));

  const event = await ops.get(`/ops/events/acme/${encodeURIComponent(id)}`);
  const audit = await ops.get(`/ops/events/acme/${id}/audit`);

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

  const event = await ops.get(`/ops/events/acme/${id}`);
  const audit = await ops.get(`/ops/events/acme/${id}/audit`);

  expect(event).toMatchObject({ statusCode: 200, body: { eventId: id } });
  expect(audit).toMatchObject({ statusCode: 200, body: { items: [{ what: 'accepted' }] } });
});

it.each([
  ['/ops/events/acme/nothing', 'GET', 404, 'unknown-event'],
  ['/ops/events/acme/nothing/audit', 'GET', 404, 'unknown-event'],
  ['/ops/events/acme/nothing', 'DELETE', 405, 'method-not-allowed'],
  ['/ops/events/acme/nothing', 'POST', 405, 'method-not-allowed'],
  ['/health', 'POST', 405, 'method-not-allowed'],
  ['/ops/attention', 'POST', 405, 'method-not-allowed'],
  ['/ops/lanes/nobody/o1', 'GET', 404, 'unknown-source'],
  ['/ops/nothing', 'GET', 404, 'not-found'],
])('answers %s by %s with %i %s', async (path, method, statusCode, cause) => {
  const answer = await ops.ask(method, path);

  expect(answer).toMatchObject({
    statusCode,
    headers: { 'content-type': 'application/problem+json' },
    body: { status: statusCode, cause },
  });
});

it('is healthy while the ledger answers, and not when it does not', async () => {
  const down = () => Promise.reject(new Error('connect ECONNREFUSED 127.0.0.1:1'));

  const up = await ops.get('/health');
  ops.world.queue.isDown = true;
  const withoutQueue = await ops.get('/health');
  ops.world.queue.isDown = false;
  const failing = await ops.get('/health', { ledger: { ...ledger, newest: down } });

  expect(up).toMatchObject({ statusCode: 200, body: { status: 'ok', ledger: 'ok', queue: 'ok' } });
  expect(failing).toMatchObject({ statusCode: 503, body: { status: 'down', ledger: 'down', queue: 'ok' } });
  expect(withoutQueue).toMatchObject({ statusCode: 503, body: { ledger: 'ok', queue: 'down' } });
  expect(JSON.stringify(failing)).not.toContain('ECONNREFUSED');
});

it(
  'answers the newest two thousand items of a long audit, and says that there are more: an answer holds 6 MB',
  { timeout: 60_000 },
  async () => {
    const id = `often-${randomUUID()}`;
    await accept(id);
    const noted = { what: 'duplicate' as const, actor: 'ingest', answered: 'duplicate, pending' };
    for (let n = 0; n < 21; n++) {
      const notes = Array.from({ length: 100 }, () => ledger.notePut(`acme#${id}`, noted));
      await ops.world.dynamodb.send(new TransactWriteCommand({ TransactItems: notes }));
    }
    ops.world.passSeconds(1);
    await ledger.note(`acme#${id}`, { what: 'refused', actor: 'ada', reason: 'the newest' });

    const audit = await ops.get(`/ops/events/acme/${id}/audit`);
    const event = await ops.get(`/ops/events/acme/${id}`);

    const { items, more } = audit.body as { items: { what: string }[]; more: boolean };
    expect([items.length, more]).toEqual([2000, true]);
    expect(items.at(-1)).toMatchObject({ what: 'refused', reason: 'the newest' });
    // Of the newest two thousand notes, of which the last one is no copy: no view reads a flood to its end.
    expect(event.body).toMatchObject({ state: 'pending', duplicates: 1999 });
  },
);
