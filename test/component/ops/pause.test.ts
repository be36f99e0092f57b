import { none, source } from 'hooklane';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestDatabase, type TestDatabase } from '../../support/dynamodb.ts';
import { operator, startOps, type Ops } from '../../support/ops-fixture.ts';

let database: TestDatabase;
let ops: Ops;
beforeAll(async () => {
  database = await startTestDatabase();
  ops = await startOps(database, {
    sources: { acme: source({ verify: none(), id: 'id', lane: 'customer' }) },
    handlers: { 'acme/*': () => Promise.resolve() },
  });
});
afterAll(() => database.close());

describe('a source, by the operations API', () => {
  it('G7: is paused and resumed, and says since when, by whom and why', async () => {
    const paused = await ops.post('/ops/sources/acme/pause', { reason: 'the shop moves' });
    const read = await ops.get('/ops/sources/acme');
    ops.world.passSeconds(5);
    await ops.world.arrive({ eventId: 'a' });
    await ops.world.run(1);
    const lane = await ops.get('/ops/lanes/acme/customer-1');
    const event = await ops.get('/ops/events/acme/a');
    const resumed = await ops.post('/ops/sources/acme/resume', { reason: 'it has moved' });
    const audit = await ops.get('/ops/sources/acme/audit');

    const since = '2026-11-24T10:00:00.000Z';
    const said = { source: 'acme', state: 'paused', since, actor: operator, reason: 'the shop moves' };
    expect(paused).toMatchObject({ statusCode: 200, body: said });
    expect(read).toMatchObject({ statusCode: 200, body: said });
    expect(lane.body).toMatchObject({ state: 'stopped', turn: { eventId: 'a', state: 'waiting' } });
    expect(event.body).toMatchObject({ state: 'waiting', reason: 'its source is paused', attempts: 0 });
    expect(resumed).toMatchObject({ statusCode: 200, body: { state: 'open', reason: 'it has moved' } });
    expect(audit.body).toMatchObject({
      items: [
        { what: 'paused', actor: operator, reason: 'the shop moves' },
        { what: 'resumed', actor: operator, reason: 'it has moved' },
      ],
    });
  });

  it.each([
    ['pause', 'nobody', { reason: 'r' }, 404, 'unknown-source'],
    ['resume', 'nobody', { reason: 'r' }, 404, 'unknown-source'],
    ['resume', 'acme', { reason: 'r' }, 409, 'nothing-to-change'],
    ['pause', 'acme', {}, 400, 'invalid-body'],
    ['pause', 'acme', { reason: ' ' }, 400, 'invalid-body'],
    ['pause', 'acme', { reason: 'r', actor: 'bob' }, 400, 'invalid-body'],
    ['pause', 'acme', 'no json', 400, 'invalid-body'],
  ])('%s of %s with %o is %s %s', async (action, name, body, status, cause) => {
    const answer = await ops.post(`/ops/sources/${name}/${action}`, body);

    expect(answer).toMatchObject({ statusCode: status, body: { cause } });
  });

  it('that never was paused is open; one that there is not is not found', async () => {
    expect(await ops.get('/ops/sources/nobody')).toMatchObject({ statusCode: 404 });
    expect(await ops.get('/ops/sources/nobody/audit')).toMatchObject({ statusCode: 404 });
    expect(await ops.ask('DELETE', '/ops/sources/acme/pause')).toMatchObject({ statusCode: 405 });
  });
});
