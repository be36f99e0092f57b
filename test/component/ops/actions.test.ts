import { randomUUID } from 'node:crypto';
import { none, PermanentError, source } from 'hooklane';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { NewEntry } from '../../../functions/ledger/entry.ts';
import { eventKey, type EventKey } from '../../../functions/ledger/keys.ts';
import { auditView } from '../../../functions/ops/audit-view.ts';
import { startTestDatabase, type TestDatabase } from '../../support/dynamodb.ts';
import { appendAll, processed, processing } from '../../support/ledger-fixture.ts';
import { operator, startOps, type Ops } from '../../support/ops-fixture.ts';

let database: TestDatabase;
let ops: Ops;
const shop = { isBroken: true };
const keys: string[] = [];
beforeAll(async () => {
  database = await startTestDatabase();
  ops = await startOps(database, {
    sources: { acme: source({ verify: none(), id: 'id', lane: 'customer' }) },
    handlers: {
      'acme/*': async ({ type }, { idempotencyKey }) => {
        if (type === 'broken' && shop.isBroken) throw new PermanentError('the shop is broken');
        keys.push(idempotencyKey);
      },
    },
  });
});
afterAll(() => database.close());

const actor = 'processor/1';
const failed: NewEntry = { state: 'failed', actor, cause: 'permanent-error' };
const error = { name: 'Error', message: 'boom' };
const nextAt = new Date('2026-11-24T10:00:05.000Z');
/** Entries that bring an event into each state. */
const lives = {
  pending: [],
  processing: [processing()],
  retrying: [processing(), { state: 'retrying', actor, nextAt, error }],
  waiting: [{ state: 'waiting', actor, position: '1', reason: 'turn' }],
  reopened: [processing(), failed, { state: 'reopened', actor, by: 'redelivery' }],
  processed: [processing(), processed()],
  ignored: [processing(), { state: 'ignored', actor, reason: 'no handler', durationMs: 0 }],
  superseded: [{ state: 'superseded', actor, reason: 'stale', comparedTo: '2' }],
  failed: [processing(), failed],
  quarantined: [processing(), { state: 'quarantined', actor }],
  discarded: [processing(), failed, { state: 'discarded', actor, reason: 'r' }],
  resolved: [processing(), failed, { state: 'resolved', actor, reason: 'r' }],
} as const satisfies Record<string, readonly NewEntry[]>;
type State = keyof typeof lives;
const states = Object.keys(lives) as State[];

/** An event of its own in this state. */
async function eventIn(state: State, eventId = `e-${randomUUID()}`): Promise<EventKey> {
  const key = await ops.world.store({ eventId, lane: eventKey('acme', eventId) });
  await appendAll(ops.world, key, ...lives[state]);
  return key;
}
const pathOf = (key: EventKey, action: string) =>
  `/ops/events/acme/${encodeURIComponent(key.slice('acme#'.length))}/${action}`;
const lastAudit = async (key: EventKey) => auditView(await ops.world.ledger.readWithNotes(key)).at(-1);

/** The whole of what an operator may do: everything that is not here is refused. */
const allowed = {
  redrive: { from: ['retrying', 'failed', 'quarantined'], becomes: 'reopened', audited: 'redriven' },
  replay: { from: ['processed', 'ignored'], becomes: 'reopened', audited: 'replayed' },
  discard: {
    from: ['retrying', 'waiting', 'reopened', 'failed', 'quarantined'],
    becomes: 'discarded',
    audited: 'discarded',
  },
  resolve: { from: ['retrying', 'failed', 'quarantined'], becomes: 'resolved', audited: 'resolved' },
} as const satisfies Record<string, { from: readonly State[]; becomes: State; audited: string }>;

describe.each(Object.entries(allowed))('%s', (action, { from, becomes, audited }) => {
  it.each(from)('G7: is done to an event that is %s, and audited with actor and reason', async (state) => {
    const key = await eventIn(state);

    const answer = await ops.post(pathOf(key, action), { reason: 'the shop is repaired' });

    expect(answer).toMatchObject({ statusCode: 200, headers: { 'content-type': 'application/json' } });
    expect(answer.body).toEqual({ source: 'acme', eventId: key.slice('acme#'.length), state: becomes });
    expect((await ops.world.ledger.newest(key))?.state).toBe(becomes);
    expect(await lastAudit(key)).toMatchObject({
      what: audited,
      actor: operator,
      reason: 'the shop is repaired',
    });
  });

  it.each(states.filter((state) => !(from as readonly State[]).includes(state)))(
    'G7: is refused to an event that is %s, and that is noted',
    async (state) => {
      const key = await eventIn(state);

      const answer = await ops.post(pathOf(key, action), { reason: 'I want it' });

      expect(answer).toMatchObject({
        statusCode: 409,
        headers: { 'content-type': 'application/problem+json' },
        body: { status: 409, cause: 'refused', state },
      });
      expect((await ops.world.ledger.newest(key))?.state ?? 'pending').toBe(state);
      const note = await lastAudit(key);
      expect(note).toMatchObject({ what: 'refused', actor: operator });
      expect(note?.reason).toContain('I want it');
    },
  );

  it('knows no event that is not there, and no source that is not configured', async () => {
    expect(await ops.post(`/ops/events/acme/nothing/${action}`)).toMatchObject({
      statusCode: 404,
      body: { cause: 'unknown-event' },
    });
    expect(await ops.post(`/ops/events/nobody/e1/${action}`)).toMatchObject({
      statusCode: 404,
      body: { cause: 'unknown-source' },
    });
  });

  it.each([
    ['nothing', ''],
    ['no JSON', 'reason=because'],
    ['no reason', {}],
    ['an empty reason', { reason: ' ' }],
    ['a reason that is too long', { reason: 'x'.repeat(501) }],
    ['a reason of 100 KB', { reason: 'x'.repeat(100_000) }],
    ['a reason that is no text', { reason: 5 }],
    ['an actor of its own choice', { reason: 'r', actor: 'somebody else' }],
  ])('takes no body with %s', async (_what, body) => {
    const key = await eventIn('failed');

    const answer = await ops.post(pathOf(key, action), body);

    expect(answer).toMatchObject({ statusCode: 400, body: { cause: 'invalid-body' } });
    expect((await ops.world.ledger.read(key)).entries).toHaveLength(2);
  });

  it('answers 503 while the ledger cannot be reached, and says nothing of why', async () => {
    const down = () => Promise.reject(new Error('connect ECONNREFUSED 127.0.0.1:1'));

    const answer = await ops.post(`/ops/events/acme/e1/${action}`, undefined, {
      ledger: { ...ops.world.ledger, read: down },
    });

    expect(answer).toMatchObject({ statusCode: 503, headers: { 'retry-after': '5' } });
    expect(answer.body).toMatchObject({ cause: 'ledger-unreachable' });
    expect(JSON.stringify(answer)).not.toContain('ECONNREFUSED');
  });
});

it('takes a reason of 500 characters', async () => {
  const key = await eventIn('failed');

  expect(await ops.post(pathOf(key, 'resolve'), { reason: 'x'.repeat(500) })).toMatchObject({
    statusCode: 200,
  });
});

it('acts on the event that is meant, where ids hold slashes, percent signs or the names of actions', async () => {
  const name = randomUUID();
  const ids = [`${name}/a`, `${name}%2Fa`, `${name}/100%`, `${name}/redrive`];
  for (const id of ids) await eventIn('failed', id);

  // As a gateway hands them over that has decoded the path, and one that has not.
  const paths = [`${name}/a`, `${name}%2Fa`, encodeURIComponent(`${name}/100%`), `${name}/redrive`];
  const answers = [];
  for (const path of paths) answers.push(await ops.post(`/ops/events/acme/${path}/discard`));

  expect(answers.map(({ body }) => body)).toEqual(
    ids.map((eventId) => ({ source: 'acme', eventId, state: 'discarded' })),
  );
});

it('G5: runs a redriven event under the same idempotency key, and a replayed one under another', async () => {
  const key = await ops.world.arrive({ eventId: `e-${randomUUID()}`, type: 'broken' });
  await ops.world.run();
  shop.isBroken = false;
  keys.length = 0;

  await ops.post(pathOf(key, 'redrive'));
  await ops.world.run();
  const redriven = await ops.world.states(key);
  await ops.post(pathOf(key, 'replay'));
  await ops.world.run();

  expect(redriven).toEqual(['processing', 'failed', 'reopened', 'processing', 'processed']);
  expect((await ops.world.states(key)).slice(5)).toEqual(['reopened', 'processing', 'processed']);
  expect(keys).toHaveLength(2);
  expect(new Set(keys).size).toBe(2);
});

it('G8: keeps its word where the queue is down: the redrive stands, and the sweeper is told to look', async () => {
  const key = await eventIn('failed');
  ops.world.queue.isDown = true;

  const answer = await ops.post(pathOf(key, 'redrive'));
  ops.world.queue.isDown = false;

  expect(answer).toMatchObject({ statusCode: 200, body: { state: 'reopened' } });
  expect((await ops.world.due()).map(({ about }) => about)).toContain(key);
});

it('G2: lets one of ten redrives at once win, and tells the others what stands', async () => {
  const key = await eventIn('failed');

  const answers = await Promise.all(Array.from({ length: 10 }, () => ops.post(pathOf(key, 'redrive'))));

  expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, ...Array<number>(9).fill(409)]);
  expect((await ops.world.states(key)).filter((state) => state === 'reopened')).toHaveLength(1);
});

describe.each(['the table has forgotten', 'has expired'] as const)('an event whose body %s', (gone) => {
  it.each([
    ['replay', 'processed'],
    ['redrive', 'failed'],
  ] as const)('cannot be run again by %s: it stays %s, and the refusal says why', async (action, state) => {
    const key = await eventIn(state);
    const past = new Date(Date.parse('2026-11-24T10:00:00Z') + 91 * 24 * 3600 * 1000);
    if (gone === 'the table has forgotten') await ops.world.forgetBody(key);

    const answer = await ops.post(
      pathOf(key, action),
      undefined,
      gone === 'has expired' ? { now: () => past } : {},
    );

    expect(answer).toMatchObject({ statusCode: 409, body: { state } });
    expect((await ops.world.ledger.newest(key))?.state).toBe(state);
    expect(await lastAudit(key)).toMatchObject({
      what: 'refused',
      reason: 'seen to (its body has expired)',
    });
  });
});
