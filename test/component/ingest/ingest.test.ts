import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { NewEntry } from '../../../functions/ledger/entry.ts';
import type { EventKey } from '../../../functions/ledger/keys.ts';
import type { Ledger } from '../../../functions/ledger/ledger.ts';
import { secretReader } from '../../../functions/secrets/secret-store.ts';
import { startTestDatabase, type TestDatabase } from '../../support/dynamodb.ts';
import { request, setUpIngest, signed, withHeaders } from '../../support/ingest-fixture.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await startTestDatabase();
});
afterAll(() => database.close());

const key: EventKey = 'open#e1';
const event = { id: 'e1', entity: 'o1' };
const common = { actor: 'processor', attempt: 1 };
const processing = {
  ...common,
  state: 'processing',
  leaseUntil: new Date(Date.now() + 60_000),
  worker: 'w',
} as const;

/** What the processor appends, one entry after the other. */
async function append(ledger: Ledger, of: EventKey, ...entries: readonly NewEntry[]): Promise<void> {
  for (const entry of entries) {
    const appended = await ledger.append(of, await ledger.newest(of), entry);
    expect(appended.kind).toBe('appended');
  }
}
const failed: NewEntry = { ...common, state: 'failed', cause: 'attempts-exhausted' };

it('G1: acknowledges an event that is in the ledger and in the queue', async () => {
  const { ingest, ledger, sent } = await setUpIngest(database);
  const one = withHeaders(request('acme', { id: 'e1', type: 'order.paid', entity: 'o1' }), {
    'x-correlation-id': 'c-1',
    authorization: 'Bearer x',
  });

  const answer = await ingest(signed(one));

  expect(answer).toMatchObject({
    status: 202,
    headers: { 'x-correlation-id': 'c-1' },
    body: { status: 'accepted', source: 'acme', eventId: 'e1', lane: 'acme#o1', correlationId: 'c-1' },
  });
  expect(sent).toEqual([{ event: 'acme#e1', generation: 0, lane: 'acme#o1', purpose: 'first' }]);
  const { event: stored } = await ledger.read('acme#e1');
  expect(stored).toMatchObject({ type: 'order.paid', lane: 'acme#o1', correlationId: 'c-1' });
  expect(Object.keys(stored!.headers).sort()).toEqual([
    'content-type',
    'x-acme-signature',
    'x-correlation-id',
  ]);
  expect(Buffer.from((await ledger.readBody(stored!))!)).toEqual(one.body);
});

it('G1: answers 503 where the queue is down, and the retry completes it', async () => {
  const { ingest, queue, sent } = await setUpIngest(database);
  queue.fails = true;
  const down = await ingest(request('open', event));
  queue.fails = false;

  const retried = await ingest(request('open', event));

  expect(down).toMatchObject({ status: 503, body: { cause: 'queue-unreachable' } });
  expect(Number(down.headers?.['retry-after'])).toBeGreaterThan(0);
  expect(retried).toMatchObject({ status: 200, body: { status: 'duplicate', state: 'pending' } });
  expect(sent).toEqual([{ event: key, generation: 0, lane: 'open#o1', purpose: 'first' }]);
});

it('G1: answers 503 where the ledger is down, and sends nothing', async () => {
  const down = { send: () => Promise.reject(new Error('connect ECONNREFUSED')) };
  const { ingest, sent, everything } = await setUpIngest(database, () => down);

  const answer = await ingest(request('open', event));

  expect(answer).toMatchObject({ status: 503, body: { cause: 'ledger-unreachable' } });
  expect(JSON.stringify(answer)).not.toContain('ECONNREFUSED');
  expect([...sent, ...(await everything())]).toEqual([]);
});

it('G1: answers 503, not 401, where secrets cannot be read', async () => {
  const { ingest, rejected } = await setUpIngest(database);

  const answer = await ingest(request('acme', event), {
    secrets: secretReader({ fetch: () => Promise.reject(new Error('down')), now: () => new Date() }),
  });

  expect(answer).toMatchObject({ status: 503, body: { cause: 'secrets-unreachable' } });
  expect(await rejected()).toEqual([]);
});

it('G1: answers 500 to what nobody planned, without a word of it', async () => {
  const { ingest, lines } = await setUpIngest(database);
  const broken = () => {
    throw new TypeError('internal detail');
  };

  const answer = await ingest(request('open', event), { now: onceThen(() => new Date(), broken) });

  expect(answer).toMatchObject({ status: 500, body: { cause: 'internal-error' } });
  expect(answer.headers).toHaveProperty('retry-after');
  expect(JSON.stringify(answer)).not.toContain('internal detail');
  expect(lines).toContainEqual(expect.objectContaining({ level: 'error' }));
});

it('G2: accepts one of 50 identical requests that arrive at once, and calls 49 duplicates', async () => {
  const { ingest, everything, sent } = await setUpIngest(database);

  const answers = await Promise.all(Array.from({ length: 50 }, () => ingest(request('open', event))));

  const statuses = answers.map(({ status }) => status);
  expect(statuses.filter((status) => status === 202)).toHaveLength(1);
  expect(statuses.filter((status) => status === 200)).toHaveLength(49);
  const items = await everything();
  expect(items.filter(({ sk }) => sk === 'EVENT')).toHaveLength(1);
  expect(items.filter(({ what }) => what === 'duplicate')).toHaveLength(49);
  // All under one deduplication id, so the queue keeps one of them.
  expect(new Set(sent.map((one) => JSON.stringify(one))).size).toBe(1);
});

it('G2: keeps the first body and the first lane, whatever a later copy says', async () => {
  const { ingest, ledger, sent } = await setUpIngest(database);
  await ingest(request('open', event));

  const answer = await ingest(request('open', { id: 'e1', entity: 'another' }));

  expect(answer.body).toMatchObject({ status: 'duplicate', lane: 'open#o1' });
  expect(sent.map(({ lane }) => lane)).toEqual(['open#o1', 'open#o1']);
  const { notes } = await ledger.readWithNotes(key);
  expect(notes).toMatchObject([
    { what: 'duplicate', actor: 'ingest', sameBody: false, answered: 'duplicate, pending' },
  ]);
});

it('G2: takes a write of its own whose answer was lost for what it is: its own', async () => {
  const { ingest, sent, everything } = await setUpIngest(database, losingFirstAnswers);

  const answer = await ingest(request('open', event));

  expect(answer).toMatchObject({ status: 202, body: { status: 'accepted' } });
  expect(sent).toHaveLength(1);
  expect(await everything()).toHaveLength(1);
});

it('G2: answers a processed event with its result', async () => {
  const { ingest, ledger, sent } = await setUpIngest(database);
  await ingest(request('conflicting', event));
  const done = { ...common, state: 'processed', result: { order: 7 }, durationMs: 3 } as const;
  await append(ledger, 'conflicting#e1', processing, done);

  const answer = await ingest(request('conflicting', event));

  expect(answer).toMatchObject({
    status: 409,
    body: { status: 'duplicate', state: 'processed', cached: true, result: { order: 7 } },
  });
  expect(sent).toHaveLength(1);
});

it('G5: reopens a failed event once, however many copies arrive at once', async () => {
  const { ingest, ledger, sent, state } = await setUpIngest(database);
  await ingest(request('open', event));
  await append(ledger, key, processing, failed);
  sent.length = 0;

  const answers = await Promise.all(Array.from({ length: 10 }, () => ingest(request('open', event))));

  const statuses = answers.map(({ status }) => status);
  expect(statuses.filter((status) => status === 202)).toHaveLength(1);
  expect(answers.find(({ status }) => status === 202)?.body).toMatchObject({ status: 'reopened' });
  const { entries } = await ledger.read(key);
  expect(entries.filter(({ state: at }) => at === 'reopened')).toMatchObject([
    { number: 3, generation: 1, attempt: 0, by: 'redelivery' },
  ]);
  expect(new Set(sent.map((one) => JSON.stringify(one)))).toEqual(
    new Set([JSON.stringify({ event: key, generation: 1, lane: 'open#o1', purpose: 'reopened' })]),
  );
  // The sweeper sends the message of an event that was put back, should ingest not live to.
  const lanes = (await state()).filter(({ sk }) => sk === 'LANE');
  expect(lanes).toMatchObject([{ lane: 'open#o1', dueAt: expect.any(String) as string }]);
});

it('G2: does not reopen a failed event whose body has expired, though the table still has it', async () => {
  const { ingest, ledger, sent } = await setUpIngest(database);
  await ingest(request('open', event));
  await append(ledger, key, processing, failed);
  sent.length = 0;
  const afterRetention = new Date(Date.now() + 91 * 24 * 3600 * 1000);

  const answer = await ingest(request('open', event), { now: () => afterRetention });

  expect(answer).toMatchObject({ status: 200, body: { status: 'duplicate', state: 'failed' } });
  expect(await ledger.newest(key)).toMatchObject({ state: 'failed', cause: 'attempts-exhausted' });
  expect(sent).toEqual([]);
});

it('G1: keeps the promise of a reopening whose message was not sent, by the retry', async () => {
  const { ingest, ledger, queue, sent } = await setUpIngest(database);
  await ingest(request('open', event));
  await append(ledger, key, processing, failed);
  queue.fails = true;
  const down = await ingest(request('open', event));
  queue.fails = false;

  const retried = await ingest(request('open', event));

  expect(down.status).toBe(503);
  expect(retried).toMatchObject({ status: 200, body: { status: 'duplicate', state: 'reopened' } });
  expect(sent.at(-1)).toEqual({ event: key, generation: 1, lane: 'open#o1', purpose: 'reopened' });
});

it('G3: puts an event back into the lane it began in, whatever lane its body names since it expired and came again', async () => {
  const { ingest, ledger, queue, sent, state } = await setUpIngest(database);
  const began = { event: key, generation: 1, lane: 'open#before', purpose: 'reopened' };
  await ingest(request('open', event));
  await append(ledger, key, { ...processing, lane: 'open#before' }, failed);
  queue.fails = true;
  await ingest(request('open', event));
  queue.fails = false;

  await ingest(request('open', event));

  expect(sent.at(-1)).toEqual(began);
  expect((await state()).filter(({ sk }) => sk === 'LANE')).toMatchObject([{ lane: 'open#before' }]);
});

it('takes a reopened event off the attention list', async () => {
  const { ingest, ledger, state, stateTable } = await setUpIngest(database);
  const { raiseAttention } = await import('../../../functions/lane/attention.ts');
  const attention = raiseAttention(stateTable, {
    key,
    source: 'open',
    lane: 'open#o1',
    reason: 'attempts-exhausted',
    at: new Date(),
    entry: 2,
  });
  await ingest(request('open', event));
  await append(ledger, key, processing);
  await ledger.append(key, await ledger.newest(key), failed, { upkeep: [attention] });
  const before = await state();

  await ingest(request('open', event));

  expect(before.map(({ sk }) => String(sk))).toEqual([key]);
  expect((await state()).filter(({ pk }) => String(pk).startsWith('ATTENTION#'))).toEqual([]);
});

it('reopens an event of the longest id too: it is part of sort keys, which DynamoDB limits', async () => {
  const { ingest, ledger } = await setUpIngest(database);
  const longest = { id: 'ü'.repeat(256) };
  await ingest(request('open', longest));
  await append(ledger, `open#${longest.id}`, processing, failed);

  const answer = await ingest(request('open', longest));

  expect(answer).toMatchObject({ status: 202, body: { status: 'reopened' } });
});

it('G5: never runs an at-most-once event again because its sender asks', async () => {
  const { ingest, ledger, sent } = await setUpIngest(database);
  await ingest(request('once', event));
  await append(ledger, 'once#e1', processing, { ...common, state: 'quarantined' });

  const answer = await ingest(request('once', event));

  expect(answer).toMatchObject({ status: 200, body: { status: 'duplicate', state: 'quarantined' } });
  expect(sent).toHaveLength(1);
});

it('takes a body of several events, and completes it on a retry after a failure', async () => {
  const { ingest, queue, sent } = await setUpIngest(database);
  const events = Array.from({ length: 40 }, (_, index) => ({ id: `e${index}`, entity: `o${index % 4}` }));
  queue.fails = true;
  const down = await ingest(request('batch', { events }));
  queue.fails = false;

  const retried = await ingest(request('batch', { events }));

  expect(down.status).toBe(503);
  expect(retried.status).toBe(202);
  const outcomes = retried.body as { events: { eventId: string; status: string }[] };
  expect(outcomes.events.map(({ eventId }) => eventId)).toEqual(events.map(({ id }) => id));
  // All of them were stored before the queue failed.
  expect(outcomes.events.filter(({ status }) => status === 'duplicate')).toHaveLength(40);
  for (const lane of ['o0', 'o1', 'o2', 'o3']) {
    const order = sent.filter((one) => one.lane === `batch#${lane}`).map((one) => one.event);
    const wanted = events.filter(({ entity }) => entity === lane).map(({ id }) => `batch#${id}`);
    expect(order).toEqual(wanted);
  }
});

it('never logs a body, a secret or a signature', async () => {
  const { ingest, lines } = await setUpIngest(database);

  await ingest(signed(request('acme', { ...event, note: 'private-words' })));
  await ingest(signed(request('acme', { note: 'private-words' })));
  await ingest(signed(request('acme', event), 'wrong'));

  // One for each request, and one that the first event has no type.
  expect(lines).toHaveLength(4);
  expect(JSON.stringify(lines)).not.toMatch(/private-words|s3cret|v1=/);
});

/** Applies each command twice and gives the second answer: what an SDK does whose first answer was lost. */
function losingFirstAnswers(real: Pick<DynamoDBDocumentClient, 'send'>) {
  const send = async (command: Parameters<typeof real.send>[0]) => {
    await real.send(command);
    return await real.send(command);
  };
  return { send } as Pick<DynamoDBDocumentClient, 'send'>;
}

function onceThen<T>(first: () => T, later: () => T): () => T {
  let called = 0;
  return () => (called++ === 1 ? later() : first());
}
