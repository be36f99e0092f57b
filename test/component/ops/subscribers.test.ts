import { bearer, none, PermanentError, source } from 'hooklane';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withSubscribers } from '../../../functions/sources/subscribers.ts';
import { startTestDatabase, type TestDatabase } from '../../support/dynamodb.ts';
import { intercept } from '../../support/intercept.ts';
import { operator, startOps } from '../../support/ops-fixture.ts';

let database: TestDatabase;
beforeAll(async () => void (database = await startTestDatabase()));
afterAll(() => database.close());

const acme = source({ verify: none(), id: 'id', lane: 'customer' });
const sources = withSubscribers({
  sources: { acme },
  subscribers: {
    acme: {
      ledger: {},
      crm: { onExhausted: 'hold', retry: { attempts: 1, delaysSeconds: [1] } },
      mail: { when: () => false },
    },
  },
});

/** One event, which the crm refuses, and one behind it. */
async function startShop() {
  const read: string[] = [];
  const crm = { isClosed: true };
  const ops = await startOps(database, {
    sources,
    handlers: {
      'acme/*': {
        ledger: () => Promise.resolve(),
        crm: async () => {
          if (crm.isClosed) throw new PermanentError('closed');
        },
        mail: () => Promise.resolve(),
      },
    },
    between: (dynamodb) =>
      intercept(dynamodb, ({ name }, next) => {
        read.push(name);
        return next();
      }),
  });
  for (const eventId of ['a', 'b']) {
    await ops.world.arrive({ eventId, raw: Buffer.from(JSON.stringify({ id: eventId })) });
  }
  await ops.world.run();
  return { ops, crm, read };
}

const subscribersOf = ({ body }: { readonly body: unknown }) =>
  (body as { subscribers?: { name: string; state: string; attempts: number }[] }).subscribers?.map(
    ({ name, state, attempts }) => [name, state, attempts],
  );

describe('an event of a source with subscribers, by the operations API', () => {
  it('lists each with its state and attempts, also one that ignored it, by reads of single keys', async () => {
    const { ops, read } = await startShop();
    read.length = 0;

    const event = await ops.get('/ops/events/acme/a');

    expect(event.body).toMatchObject({ state: 'processed' });
    expect(event.body).not.toHaveProperty('subscriberOf');
    expect(subscribersOf(event)).toEqual([
      ['ledger', 'processed', 1],
      ['crm', 'failed', 1],
      ['mail', 'ignored', 1],
    ]);
    // Entries and notes of the event itself, and one for each subscriber.
    expect(read).toEqual(Array.from({ length: 5 }, () => 'QueryCommand'));
  });

  it('lists those that the configuration does not name any more, and none where there never was one', async () => {
    const { ops } = await startShop();

    const without = await ops.get('/ops/events/acme/a', { sources: { acme } });
    const ofSubscriber = await ops.get('/ops/events/acme.crm/a');

    expect(subscribersOf(without)?.map(([name]) => name)).toEqual(['ledger', 'crm', 'mail']);
    expect(ofSubscriber.body).not.toHaveProperty('subscribers');
  });

  it('is read, repaired and audited at one of them with ?subscriber=, as under the name that it has inside', async () => {
    const { ops, crm } = await startShop();

    const event = await ops.get('/ops/events/acme/a?subscriber=crm');
    const payload = await ops.get('/payloads/acme/a?subscriber=crm');
    const lane = await ops.get('/ops/lanes/acme/customer-1?subscriber=crm');
    crm.isClosed = false;
    const redriven = await ops.post('/ops/events/acme/a/redrive?subscriber=crm');
    await ops.world.run();
    const audit = await ops.get('/ops/events/acme/a/audit?subscriber=crm');
    const inside = await ops.get('/ops/events/acme.crm/a/audit');

    expect(event.body).toMatchObject({
      source: 'acme.crm',
      eventId: 'a',
      subscriberOf: 'acme',
      state: 'failed',
    });
    expect(payload.body).toMatchObject({ source: 'acme.crm', body: { id: 'a' } });
    expect(lane.body).toMatchObject({ lane: 'acme.crm#customer-1', state: 'held', waiting: 1 });
    expect(redriven).toMatchObject({ statusCode: 200, body: { source: 'acme.crm', state: 'reopened' } });
    expect(audit).toEqual(inside);
    expect(audit.body).toMatchObject({
      items: expect.arrayContaining([
        expect.objectContaining({ what: 'redriven', actor: operator }),
      ]) as unknown,
    });
    expect(subscribersOf(await ops.get('/ops/events/acme/b'))).toContainEqual(['crm', 'processed', 1]);
    expect(subscribersOf(await ops.get('/ops/events/acme/a'))).toContainEqual(['ledger', 'processed', 1]);
  });

  it('pauses, resumes and releases one of them, and no other', async () => {
    const { ops } = await startShop();

    const released = await ops.post('/ops/lanes/acme/customer-1/release?subscriber=crm');
    const paused = await ops.post('/ops/sources/acme/pause?subscriber=crm');
    const states = [await ops.get('/ops/sources/acme?subscriber=crm'), await ops.get('/ops/sources/acme')];
    const resumed = await ops.post('/ops/sources/acme/resume?subscriber=crm');

    expect(released.body).toMatchObject({ source: 'acme.crm', eventId: 'a' });
    expect(paused.body).toMatchObject({ source: 'acme.crm', state: 'paused' });
    expect(states.map(({ body }) => body)).toMatchObject([{ state: 'paused' }, { state: 'open' }]);
    expect(resumed.body).toMatchObject({ state: 'open' });
  });

  it('is a source that is sent nothing: it has no path, and needs no secret', async () => {
    const signed = source({ verify: bearer(), id: 'id' });
    const all = withSubscribers({ sources: { acme: signed }, subscribers: { acme: { crm: {} } } });
    const ops = await startOps(database, { sources: all, handlers: {} });

    const { body } = await ops.get('/ops/sources');

    const [of, subscriber] = (body as { items: Record<string, unknown>[] }).items;
    expect(of).toMatchObject({ source: 'acme', path: '/webhooks/acme', secret: { isPresent: true } });
    expect(subscriber).toMatchObject({ source: 'acme.crm', subscriberOf: 'acme' });
    expect(Object.keys(subscriber ?? {})).not.toEqual(expect.arrayContaining(['path']));
    expect(Object.keys(subscriber ?? {})).not.toEqual(expect.arrayContaining(['secret']));
  });

  it.each([
    ['GET', '/ops/events/acme/a?subscriber=cmr', 404, 'unknown-subscriber'],
    ['GET', '/ops/events/acme/a/audit?subscriber=cmr', 404, 'unknown-subscriber'],
    ['GET', '/payloads/acme/a?subscriber=cmr', 404, 'unknown-subscriber'],
    ['POST', '/ops/events/acme/a/redrive?subscriber=cmr', 404, 'unknown-subscriber'],
    ['GET', '/ops/lanes/acme/customer-1?subscriber=cmr', 404, 'unknown-subscriber'],
    ['POST', '/ops/lanes/acme/customer-1/release?subscriber=cmr', 404, 'unknown-subscriber'],
    ['POST', '/ops/sources/acme/pause?subscriber=constructor', 404, 'unknown-subscriber'],
    ['GET', '/ops/events/acme.crm/a?subscriber=crm', 404, 'unknown-subscriber'],
    ['GET', '/ops/events/acme/never?subscriber=crm', 404, 'unknown-event'],
    ['GET', '/ops/events/nobody/a?subscriber=crm', 404, 'unknown-event'],
    ['GET', '/ops/events/acme/a?subscriber=', 400, 'invalid-query'],
    ['GET', '/ops/events/acme/a?subscriber=crm%23a', 400, 'invalid-query'],
    ['POST', '/ops/events/acme/a/redrive?subscriber=CRM', 400, 'invalid-query'],
    ['GET', '/ops/events?subscriber=crm', 400, 'invalid-query'],
  ])('%s %s is %i %s', async (method, path, status, cause) => {
    const { ops } = await startShop();

    const answer = method === 'GET' ? await ops.get(path) : await ops.post(path);

    expect(answer).toMatchObject({ statusCode: status, body: { cause } });
  });
});

describe('a breaker, by the operations API', () => {
  it('G7: is shown with what it counted, beside a pause, and reset with a reason, once', async () => {
    const ops = await startOps(database, {
      sources: {
        acme: source({
          verify: none(),
          id: 'id',
          breaker: { failures: 1, probeSeconds: 60 },
          retry: { attempts: 3, delaysSeconds: [30] },
        }),
      },
      handlers: { 'acme/*': () => Promise.reject(new Error('away')) },
    });
    await ops.world.arrive({ eventId: 'a' });
    await ops.world.run(1);

    const tripped = await ops.get('/ops/sources/acme');
    await ops.post('/ops/sources/acme/pause');
    const both = await ops.get('/ops/sources/acme');
    const listed = await ops.get('/ops/sources');
    const resumed = await ops.post('/ops/sources/acme/resume');
    const reset = await ops.post('/ops/sources/acme/reset', { reason: 'they are back' });
    const again = await ops.post('/ops/sources/acme/reset');
    const withoutReason = await ops.post('/ops/sources/acme/reset', {});
    const audit = await ops.get('/ops/sources/acme/audit');

    const breaker = {
      failures: 1,
      trippedAt: '2026-11-24T10:00:00.000Z',
      probeAt: '2026-11-24T10:01:00.000Z',
    };
    expect(tripped.body).toMatchObject({ state: 'tripped', breaker });
    expect(both.body).toMatchObject({ state: 'paused', actor: operator, breaker });
    expect(listed.body).toMatchObject({ items: [{ source: 'acme', paused: { actor: operator }, breaker }] });
    expect(resumed.body).toMatchObject({ state: 'tripped', breaker });
    expect(reset).toMatchObject({ statusCode: 200, body: { state: 'open', breaker: { failures: 0 } } });
    expect(again).toMatchObject({ statusCode: 409, body: { cause: 'nothing-to-change' } });
    expect(withoutReason).toMatchObject({ statusCode: 400, body: { cause: 'invalid-body' } });
    expect((audit.body as { items: unknown[] }).items).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ what: 'reset', actor: operator, reason: 'they are back' }),
      ]),
    );
  });
});
