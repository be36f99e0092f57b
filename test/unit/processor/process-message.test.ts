import { randomUUID } from 'node:crypto';
import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import {
  none,
  PermanentError,
  RetryAfter,
  source,
  type Handler,
  type HandlerContext,
  type SourceOptions,
} from 'hooklane';
import * as z from 'zod';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventKey, rejectionPartition } from '../../../functions/ledger/keys.ts';
import { intercept, isWrite } from '../../contract/intercept.ts';
import { startTestDatabase, type TestDatabase } from '../../dynamodb.ts';
import { startedAt, startWorld, type WorldOptions } from '../world.ts';

let database: TestDatabase;
beforeAll(async () => void (database = await startTestDatabase()));
afterAll(() => database.close());

const acme = (options: Partial<SourceOptions> = {}) =>
  source({ verify: none(), id: 'id', lane: 'customer', ...options });

/** A world of one source with one handler. */
const worldOf = (handler: Handler, options: Partial<SourceOptions> = {}, more: Partial<WorldOptions> = {}) =>
  startWorld(database, { sources: { acme: acme(options) }, handlers: { 'acme/*': handler }, ...more });

/** Fails as often as it has errors, then succeeds; remembers the contexts it ran in. */
function failing(...errors: unknown[]) {
  const runs: HandlerContext[] = [];
  const handler: Handler = async (_, ctx) => {
    runs.push(ctx);
    if (runs.length <= errors.length) throw errors[runs.length - 1];
    return { ok: true };
  };
  return { handler, runs };
}
const often = (error: unknown) => failing(...Array<unknown>(100).fill(error));

describe('an event on its way', () => {
  it('runs once and ends processed, with its result', async () => {
    const seen: unknown[] = [];
    const world = await worldOf(async (event, ctx) => {
      seen.push(
        { ...event, raw: Buffer.from(event.raw).toString() },
        ctx.attempt,
        ctx.correlationId,
        ctx.now(),
      );
      return { total: 3 };
    });
    const key = await world.arrive({ raw: Buffer.from('{"id":"1","customer":"customer-1"}'), eventId: '1' });

    await world.run();

    expect(seen).toEqual([
      {
        source: 'acme',
        eventId: '1',
        type: 'invoice.paid',
        lane: 'acme#customer-1',
        body: { id: '1', customer: 'customer-1' },
        raw: '{"id":"1","customer":"customer-1"}',
        headers: { 'content-type': 'application/json' },
        acceptedAt: startedAt,
      },
      1,
      'corr-1',
      startedAt,
    ]);
    const { entries } = await world.ledger.read(key);
    expect(entries).toMatchObject([
      {
        state: 'processing',
        number: 1,
        attempt: 1,
        lane: 'acme#customer-1',
        leaseUntil: new Date(startedAt.getTime() + 30_000),
      },
      { state: 'processed', number: 2, attempt: 1, result: { total: 3 } },
    ]);
    expect(world.engine.attributes('lanes.fifo').ApproximateNumberOfMessages).toBe('0');
    expect(await world.attention(key)).toBeUndefined();
  });

  it('ends ignored where nobody wants it, and where its handler says so', async () => {
    const world = await startWorld(database, {
      sources: { acme: acme() },
      handlers: { 'acme/refund': async () => ({ ignored: 'too old' }) },
    });
    const unwanted = await world.arrive({ type: 'invoice.paid' });
    const refund = await world.arrive({ type: 'refund' });

    await world.run();

    const newest = await Promise.all([unwanted, refund].map((key) => world.ledger.newest(key)));
    expect(newest).toMatchObject([
      { state: 'ignored', reason: 'no handler' },
      { state: 'ignored', reason: 'too old' },
    ]);
  });

  it('G2: is not run by another copy of its message', async () => {
    const { handler, runs } = failing();
    const world = await worldOf(handler);
    const key = await world.store();

    const first = await world.deliver(key, { copy: 'copy-1', messageId: 'message-1' });
    const second = await world.deliver(key, { copy: 'copy-2', messageId: 'message-2' });

    expect([first, second]).toEqual([{ kind: 'done' }, { kind: 'done' }]);
    expect(runs).toHaveLength(1);
    expect(await world.states(key)).toEqual(['processing', 'processed']);
  });

  it('G2: is noted, and not run, where its body had expired and came again', async () => {
    const { handler, runs } = failing();
    const world = await worldOf(handler);
    const eventId = randomUUID();
    const key = eventKey('acme', eventId);
    const entry = { number: 1, actor: 'p', generation: 0, replay: 0, attempt: 1 };
    await world.ledger.append(key, { ...entry, state: 'processed', durationMs: 1 });
    world.passSeconds(100 * 24 * 3600);
    await world.store({ eventId, acceptedAt: world.now() });

    const outcome = await world.deliver(key);

    expect(outcome).toEqual({ kind: 'done' });
    expect(runs).toEqual([]);
    expect((await world.ledger.readWithNotes(key)).notes).toMatchObject([{ what: 'late-copy' }]);
  });

  it('waits while another attempt holds a valid lease, and runs again when that is over', async () => {
    const { handler, runs } = failing();
    const world = await worldOf(handler);
    const key = await world.store();
    await world.ledger.append(key, {
      number: 1,
      actor: 'p',
      generation: 0,
      replay: 0,
      attempt: 1,
      state: 'processing',
      leaseUntil: new Date(startedAt.getTime() + 12_500),
      worker: 'processor/gone',
      messageId: 'message-1',
      copy: 'copy-1',
    });

    const early = await world.deliver(key);
    world.passSeconds(12.5);
    const late = await world.deliver(key);

    expect(early).toEqual({ kind: 'later', afterSeconds: 13 });
    expect(late).toEqual({ kind: 'done' });
    expect(runs.map(({ attempt }) => attempt)).toEqual([2]);
  });

  it('does not begin where its lease is nearly over', async () => {
    const { handler, runs } = failing();
    const world = await worldOf(handler);
    const key = await world.store();

    const outcome = await world.deliver(key, { deadline: new Date(startedAt.getTime() + 1999) });

    expect(outcome).toEqual({ kind: 'later', afterSeconds: 1 });
    expect(runs).toEqual([]);
    expect(await world.states(key)).toEqual([]);
  });

  it('is put off, at no cost of an attempt, where taking the lease took too long', async () => {
    const { handler, runs } = failing();
    let slow = true;
    const world = await worldOf(
      handler,
      {},
      {
        between: (dynamodb) =>
          intercept(dynamodb, async (command, next) => {
            const answer = await next();
            if (isWrite(command) && slow) {
              slow = false;
              world.passSeconds(29);
            }
            return answer;
          }),
      },
    );
    const key = await world.arrive();

    await world.run();

    expect(await world.states(key)).toEqual(['processing', 'retrying', 'processing', 'processed']);
    expect(runs.map(({ attempt }) => attempt)).toEqual([1]);
  });

  it('tells its handler to stop a second before the lease ends', async () => {
    const asked: number[] = [];
    const { handler } = failing();
    const world = await worldOf(handler);
    const abortAfter = (ms: number) => {
      asked.push(ms);
      return { signal: AbortSignal.abort(), cancel: () => asked.push(-1) };
    };
    const { deps } = world;
    Object.assign(deps, { abortAfter });
    const key = await world.store();

    await world.deliver(key);

    expect(asked).toEqual([29_000, -1]);
  });
});

describe('a failing event', () => {
  it('is tried again after its delay, under the same idempotency key', async () => {
    const { handler, runs } = failing(new Error('the shop is closed'));
    const world = await worldOf(handler);
    const key = await world.arrive();

    await world.run();

    const { entries } = await world.ledger.read(key);
    expect(entries).toMatchObject([
      { state: 'processing', attempt: 1 },
      {
        state: 'retrying',
        error: { name: 'Error', message: 'the shop is closed' },
        nextAt: new Date(startedAt.getTime() + 5000),
      },
      { state: 'processing', attempt: 2, at: new Date(startedAt.getTime() + 5000) },
      { state: 'processed', result: { ok: true } },
    ]);
    expect(new Set(runs.map(({ idempotencyKey }) => idempotencyKey)).size).toBe(1);
    expect(world.deadLetters()).toEqual([]);
  });

  it('that comes before its time is sent away until then', async () => {
    const { handler } = often(new Error('no'));
    const world = await worldOf(handler);
    const key = await world.store();
    await world.deliver(key);
    world.passSeconds(1.2);

    const early = await world.deliver(key);

    expect(early).toEqual({ kind: 'later', afterSeconds: 4 });
  });

  it('fails when its attempts are used up, needs attention, and ends in the dead-letter queue at once', async () => {
    const { handler, runs } = often(new Error('no'));
    const world = await worldOf(handler, { retry: { attempts: 3, delaysSeconds: [5, 10] } });
    const key = await world.arrive();

    await world.run();

    expect(runs.map(({ attempt }) => attempt)).toEqual([1, 2, 3]);
    expect(world.now()).toEqual(new Date(startedAt.getTime() + 15_000));
    expect(await world.ledger.newest(key)).toMatchObject({
      state: 'failed',
      cause: 'attempts-exhausted',
      attempt: 3,
      error: { message: 'no' },
    });
    expect(await world.attention(key)).toMatchObject({ reason: 'attempts-exhausted', source: 'acme' });
    expect(world.deadLetters()).toMatchObject([{ event: key, generation: 0 }]);
  });

  it('fails at once where its handler says that no retry can help', async () => {
    const { handler, runs } = often(new PermanentError('no such customer'));
    const world = await worldOf(handler);
    const key = await world.arrive();

    await world.run();

    expect(runs).toHaveLength(1);
    expect(await world.ledger.newest(key)).toMatchObject({ state: 'failed', cause: 'permanent-error' });
    expect(world.deadLetters()).toHaveLength(1);
  });

  it('comes back when its handler asked for it', async () => {
    const { handler } = failing(new RetryAfter(777));
    const world = await worldOf(handler);
    const key = await world.arrive();

    await world.run();

    const { entries } = await world.ledger.read(key);
    expect(entries[1]).toMatchObject({ state: 'retrying', nextAt: new Date(startedAt.getTime() + 777_000) });
    expect(entries[2]?.at).toEqual(new Date(startedAt.getTime() + 777_000));
  });

  it('counts a body that its source no longer reads as a failure of the attempt', async () => {
    const { handler, runs } = failing();
    const world = await worldOf(handler, {
      schema: z.object({ amount: z.number() }),
      retry: { attempts: 1, delaysSeconds: [1] },
    });
    const key = await world.arrive();

    await world.run();

    expect(runs).toEqual([]);
    expect(await world.ledger.newest(key)).toMatchObject({
      state: 'failed',
      error: { message: 'the source no longer reads this body: invalid-body: amount' },
    });
  });

  it.each([
    ['nothing', undefined],
    ['an object without a prototype', Object.create(null)],
    ['an error whose message is none', Object.assign(new Error(), { name: 5, message: { a: 1 } })],
  ])('may throw %s', async (_, thrown: unknown) => {
    const { handler } = failing(thrown);
    const world = await worldOf(handler);
    const key = await world.arrive();

    await world.run();

    expect(await world.states(key)).toEqual(['processing', 'retrying', 'processing', 'processed']);
  });

  it('whose body has expired fails, and is not run', async () => {
    const { handler, runs } = failing();
    const world = await worldOf(handler);
    const key = await world.arrive({ expiresAt: new Date(startedAt.getTime() + 60_000) });
    world.passSeconds(60);

    await world.run();

    expect(runs).toEqual([]);
    expect(await world.ledger.newest(key)).toMatchObject({
      state: 'failed',
      cause: 'body-expired',
      lane: 'acme#customer-1',
    });
    expect(await world.attention(key)).toMatchObject({ reason: 'body-expired' });
    world.redriveFromConsole();
    await world.run();
    expect(await world.states(key)).toEqual(['failed']);
  });

  it('is failed, not run, where the last attempt vanished with its lease', async () => {
    const { handler, runs } = failing();
    const world = await worldOf(handler, { retry: { attempts: 1, delaysSeconds: [1] } });
    const key = await world.store();
    await world.ledger.append(key, {
      number: 1,
      actor: 'p',
      generation: 0,
      replay: 0,
      attempt: 1,
      state: 'processing',
      leaseUntil: startedAt,
      worker: 'processor/gone',
      messageId: 'message-1',
      copy: 'copy-1',
    });

    const outcome = await world.deliver(key);

    expect(outcome).toEqual({ kind: 'dead-letter' });
    expect(runs).toEqual([]);
    expect(await world.ledger.newest(key)).toMatchObject({ state: 'failed', cause: 'lease-expired' });
  });
});

describe('a failed event', () => {
  it('G5: runs again when an operator moves its message back, under the same idempotency key', async () => {
    const { handler, runs } = failing(new PermanentError('no'));
    const world = await worldOf(handler);
    const key = await world.arrive();
    await world.run();

    world.redriveFromConsole();
    await world.run();

    const { entries } = await world.ledger.read(key);
    expect(entries).toMatchObject([
      { state: 'processing', attempt: 1 },
      { state: 'failed' },
      { state: 'processing', attempt: 1, redriven: true },
      { state: 'processed' },
    ]);
    expect(new Set(runs.map(({ idempotencyKey }) => idempotencyKey)).size).toBe(1);
    expect(await world.attention(key)).toBeUndefined();
    expect(world.deadLetters()).toEqual([]);
  });

  it('has all its attempts again after a redrive, and keeps its attention item until it is repaired', async () => {
    const { handler, runs } = often(new Error('no'));
    const world = await worldOf(handler, { retry: { attempts: 2, delaysSeconds: [1] } });
    const key = await world.arrive();
    await world.run();

    world.redriveFromConsole();
    await world.run();

    expect(runs.map(({ attempt }) => attempt)).toEqual([1, 2, 1, 2]);
    expect(await world.attention(key)).toBeDefined();
    expect(world.deadLetters()).toHaveLength(1);
  });

  it('is not run by its own message, nor by a spare one', async () => {
    const { handler, runs } = often(new PermanentError('no'));
    const world = await worldOf(handler);
    const key = await world.store();
    await world.deliver(key, { messageId: 'message-1', copy: 'copy-1' });

    const own = await world.deliver(key, { messageId: 'message-1', copy: 'copy-1' });
    const spare = await world.deliver(key, { messageId: 'message-9', copy: 'copy-9' });

    expect(own).toEqual({ kind: 'dead-letter' });
    expect(spare).toEqual({ kind: 'done' });
    expect(runs).toHaveLength(1);
  });
});

describe('an event at most once', () => {
  it('G5: fails at its first error', async () => {
    const { handler, runs } = often(new Error('perhaps it was sent'));
    const world = await worldOf(handler, { execution: 'at-most-once' });
    const key = await world.arrive();

    await world.run();

    expect(runs).toHaveLength(1);
    expect(await world.ledger.newest(key)).toMatchObject({ state: 'failed', cause: 'at-most-once' });
  });

  it('G5: is quarantined, not run again, where its attempt vanished', async () => {
    const { handler, runs } = failing();
    let isDown = false;
    const world = await worldOf(
      async (event, ctx) => {
        isDown = true;
        return await handler(event, ctx);
      },
      { execution: 'at-most-once' },
      {
        between: (dynamodb) =>
          intercept(dynamodb, async (_, next) => {
            if (isDown) throw new Error('down');
            return await next();
          }),
      },
    );
    const key = await world.arrive();

    await world.processNext();
    isDown = false;
    await world.run();

    expect(runs).toHaveLength(1);
    expect(await world.states(key)).toEqual(['processing', 'quarantined']);
    expect(await world.attention(key)).toMatchObject({ reason: 'quarantined' });
    expect(world.deadLetters()).toMatchObject([{ event: key }]);
  });

  it('G5: is not run by a message that the sweeper sent, and is by one that an operator moved back', async () => {
    const { handler, runs } = failing(new Error('no'));
    const world = await worldOf(handler, { execution: 'at-most-once' });
    const key = await world.arrive();
    await world.run();

    await world.deps.send({
      event: key,
      generation: 0,
      lane: 'acme#customer-1',
      purpose: 'sweep:2026-11-24T10:05:00.000Z',
    });
    await world.run();
    const afterSweep = runs.length;
    world.redriveFromConsole();
    await world.run();

    expect(afterSweep).toBe(1);
    expect(runs).toHaveLength(2);
    expect((await world.ledger.newest(key))?.state).toBe('processed');
  });
});

describe('effects', () => {
  const put = (TableName: string, pk: string, ConditionExpression?: string) => ({
    Put: { TableName, Item: { pk, sk: 'A' }, ...(ConditionExpression ? { ConditionExpression } : {}) },
  });
  const kept = async (TableName: string, pk: string) =>
    (await database.dynamodb.send(new GetCommand({ TableName, Key: { pk, sk: 'A' } }))).Item;

  it('G5: happen with the processed entry, and not where the handler throws after all', async () => {
    const world = await worldOf(async (_, ctx) => {
      ctx.transact([put(world.stateTable, `EFFECT#${ctx.attempt}`)]);
      if (ctx.attempt === 1) throw new Error('no');
    });
    const key = await world.arrive();

    await world.run();

    expect(await kept(world.stateTable, 'EFFECT#1')).toBeUndefined();
    expect(await kept(world.stateTable, 'EFFECT#2')).toBeDefined();
    expect((await world.ledger.newest(key))?.state).toBe('processed');
  });

  it('G5: that are refused make the attempt fail, and it is tried again', async () => {
    const world = await worldOf(async (_, ctx) => {
      ctx.transact([put(world.stateTable, ctx.attempt === 1 ? 'taken' : 'free', 'attribute_not_exists(pk)')]);
    });
    await database.dynamodb.send(
      new PutCommand({ TableName: world.stateTable, Item: { pk: 'taken', sk: 'A' } }),
    );
    const key = await world.arrive();

    await world.run();

    const { entries } = await world.ledger.read(key);
    expect(entries.map(({ state }) => state)).toEqual(['processing', 'retrying', 'processing', 'processed']);
    expect(entries[1]).toMatchObject({
      error: { message: 'item 0 of ctx.transact: its condition failed' },
    });
    expect(await kept(world.stateTable, 'free')).toBeDefined();
  });

  it.each([
    ['a Date', new Date()],
    ['a number too large for DynamoDB', 2 ** 60],
    ['an instance of a class', new URL('https://example.com/')],
  ])('that hold %s fail the attempt with a reason, not the processor', async (_, value) => {
    const world = await worldOf(
      async (_event, ctx) => {
        ctx.transact([{ Put: { TableName: world.stateTable, Item: { pk: 'a', sk: 'A', value } } }]);
      },
      { retry: { attempts: 1, delaysSeconds: [1] } },
    );
    const key = await world.arrive();

    await world.run();

    expect(await world.ledger.newest(key)).toMatchObject({ state: 'failed', cause: 'attempts-exhausted' });
    expect(world.now()).toEqual(startedAt);
  });

  it.each([
    ['a number beyond 2^53', { n: 2 ** 60 }],
    ['a number beyond what DynamoDB takes', { n: 1e300 }],
    ['forty levels', Array.from({ length: 40 }).reduce<object>((inner) => ({ inner }), { n: 1 })],
    ['an empty text', { text: '' }],
  ])('G5: stand although the result holds %s, which is kept', async (_, result) => {
    let runs = 0;
    const world = await worldOf(async (_event, ctx) => {
      runs++;
      ctx.transact([put(world.stateTable, 'effect')]);
      return { ...result };
    });
    const key = await world.arrive();

    await world.run();

    expect(runs).toBe(1);
    expect(await world.ledger.newest(key)).toMatchObject({ state: 'processed', result });
    expect(await kept(world.stateTable, 'effect')).toBeDefined();
  });
});

describe('an attempt that lost its lease', () => {
  it('G6: records nothing but a note; the other result stands', async () => {
    let other: (() => Promise<unknown>) | undefined;
    const world = await worldOf(async (_, ctx) => {
      ctx.transact([{ Put: { TableName: world.stateTable, Item: { pk: `BY#${ctx.attempt}`, sk: 'A' } } }]);
      const takeOver = other;
      other = undefined;
      await takeOver?.();
      return { by: ctx.attempt };
    });
    const key = await world.store();
    other = async () => {
      world.passSeconds(31);
      await world.deliver(key, { messageId: 'message-1' });
    };

    const outcome = await world.deliver(key);

    const { entries, notes } = await world.ledger.readWithNotes(key);
    expect(outcome).toEqual({ kind: 'done' });
    expect(entries.map(({ state }) => state)).toEqual(['processing', 'processing', 'processed']);
    expect(entries[2]).toMatchObject({ result: { by: 2 } });
    expect(notes).toMatchObject([{ what: 'fenced', attempt: 1, actor: 'processor/1' }]);
    const { Item } = await database.dynamodb.send(
      new GetCommand({ TableName: world.stateTable, Key: { pk: 'BY#1', sk: 'A' } }),
    );
    expect(Item).toBeUndefined();
  });

  it('G6: is not called fenced by its own write, where the answer to that was lost for good', async () => {
    let lose = false;
    const world = await worldOf(
      async () => {
        lose = true;
        return { ok: true };
      },
      {},
      {
        between: (dynamodb) =>
          intercept(dynamodb, async (command, next) => {
            const answer = await next();
            if (!lose || !isWrite(command)) return answer;
            lose = false;
            throw new Error('the connection was reset');
          }),
      },
    );
    const key = await world.store();

    const outcome = await world.deliver(key);

    const { entries, notes } = await world.ledger.readWithNotes(key);
    expect(outcome).toEqual({ kind: 'done' });
    expect(entries.map(({ state }) => state)).toEqual(['processing', 'processed']);
    expect(notes).toEqual([]);
  });
});

describe('a message', () => {
  it('that is junk is audited once and left to the dead-letter queue', async () => {
    const { handler, runs } = failing();
    const world = await worldOf(handler, {}, { maxReceiveCount: 3 });
    const body = '{"event":"no hash"}';
    const { messageId } = world.engine.send('lanes.fifo', { body, groupId: 'g', deduplicationId: 'd' });

    await world.run();

    const { Item } = await world.dynamodb.send(
      new GetCommand({
        TableName: world.ledgerTable,
        Key: {
          pk: rejectionPartition('unknown', startedAt, messageId),
          sk: `${startedAt.toISOString()}#${messageId}`,
        },
      }),
    );
    expect(Item).toMatchObject({ cause: 'junk-message', bodyBytes: body.length, ip: 'queue' });
    expect(world.deadLetters()).toEqual([JSON.parse(body)]);
    expect(runs).toEqual([]);
  });

  it('of a source that is no longer configured is noted, leaves its event as it is, and can be moved back', async () => {
    const { handler, runs } = failing();
    const world = await worldOf(handler);
    const key = await world.arrive({ source: 'constructor', lane: 'constructor#1' });

    await world.run();

    const { entries, notes } = await world.ledger.readWithNotes(key);
    expect(entries).toEqual([]);
    expect(notes).toMatchObject([{ what: 'refused', reason: 'its source is not in the configuration' }]);
    expect(world.deadLetters()).toMatchObject([{ event: key }]);
    expect(runs).toEqual([]);
  });

  it('on its last receive asks for attention before the attempt runs, and lets go when that succeeds', async () => {
    let attention: unknown;
    const world = await worldOf(async () => {
      attention = await world.attention(key);
    });
    const key = await world.store();

    await world.deliver(key, { receiveCount: 35 });

    expect(attention).toMatchObject({ reason: 'last-receive' });
    expect((await world.ledger.read(key)).entries[0]).toMatchObject({ lastReceive: true });
    expect(await world.attention(key)).toBeUndefined();
  });

  it('before its last receive asks for nothing', async () => {
    let attention: unknown = 'not asked';
    const world = await worldOf(async () => {
      attention = await world.attention(key);
    });
    const key = await world.store();

    await world.deliver(key, { receiveCount: 34 });

    expect(attention).toBeUndefined();
  });
});
