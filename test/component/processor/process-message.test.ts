import { randomUUID } from 'node:crypto';
import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import {
  none,
  PermanentError,
  source,
  type Handler,
  type HandlerContext,
  type SourceOptions,
  type WebhookEvent,
} from 'hooklane';
import * as z from 'zod';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventKey } from '../../../functions/ledger/keys.ts';
import { intercept, isWrite } from '../../support/intercept.ts';
import { appendAll, processed, processing } from '../../support/ledger-fixture.ts';
import { startTestDatabase, type TestDatabase } from '../../support/dynamodb.ts';
import { startedAt, startWorld, type WorldOptions } from '../../support/world.ts';

let database: TestDatabase;
/** A table of the handlers' own. */
let orders: string;
beforeAll(async () => {
  database = await startTestDatabase();
  orders = await database.table('orders');
});
afterAll(() => database.close());

const farOff = new Date('2099-01-01');
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

  it('ends ignored where `when` leaves it out, and fails at once where that throws, without a run of its handler', async () => {
    const { handler, runs } = failing();
    const when = ({ type }: WebhookEvent) => {
      if (type === 'strange') throw new Error('no such field');
      return type === 'wanted';
    };
    const world = await worldOf(handler, { when });
    const lanes = ['a', 'b', 'c'].map((entity) => `acme#${entity}`);
    const types = ['wanted', 'unwanted', 'strange'];
    const keys = await Promise.all(
      types.map((type, n) => world.arrive({ type, eventId: type, lane: lanes[n] ?? '' })),
    );

    await world.run();

    const newest = await Promise.all(keys.map((key) => world.ledger.newest(key)));
    expect(runs).toHaveLength(1);
    expect(newest).toMatchObject([
      { state: 'processed' },
      { state: 'ignored', reason: '`when` leaves it out', attempt: 1 },
      { state: 'failed', cause: 'permanent-error', error: { message: '`when` threw: no such field' } },
    ]);
  });

  it('G2: is not run by another copy of its message', async () => {
    const { handler, runs } = failing();
    const world = await worldOf(handler);
    const key = await world.store();

    const first = await world.deliver(key, { messageId: 'message-1' });
    const second = await world.deliver(key, { messageId: 'message-2' });

    expect([first, second]).toEqual([{ kind: 'done' }, { kind: 'done' }]);
    expect(runs).toHaveLength(1);
    expect(await world.states(key)).toEqual(['processing', 'processed']);
  });

  it('G2: is noted, and not run, where its body had expired and came again', async () => {
    const { handler, runs } = failing();
    const world = await worldOf(handler);
    const eventId = randomUUID();
    const key = eventKey('acme', eventId);
    await appendAll(world, key, processing(), processed());
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
    await appendAll(world, key, processing({ leaseUntil: new Date(startedAt.getTime() + 12_500) }));

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
    expect(world.deadLetters()).toMatchObject([{ deadLetter: key, entry: 6 }]);
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
    expect(world.deadLetters()).toMatchObject([{ deadLetter: key, entry: 1 }]);
  });

  it('is failed, not run, where the last attempt vanished with its lease', async () => {
    const { handler, runs } = failing();
    const world = await worldOf(handler, { retry: { attempts: 1, delaysSeconds: [1] } });
    const key = await world.store();
    await appendAll(world, key, processing({ leaseUntil: startedAt }));

    const outcome = await world.deliver(key);

    expect(outcome).toEqual({ kind: 'done' });
    expect(runs).toEqual([]);
    expect(await world.ledger.newest(key)).toMatchObject({ state: 'failed', cause: 'lease-expired' });
  });
});

describe('a failed event', () => {
  it('G5: runs again when an operator moves its dead letter back, under the same idempotency key', async () => {
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
      { state: 'reopened', by: 'redrive', actor: 'sqs', generation: 1, replay: 0 },
      { state: 'processing', attempt: 1, generation: 1 },
      { state: 'processed' },
    ]);
    expect(new Set(runs.map(({ idempotencyKey }) => idempotencyKey)).size).toBe(1);
    expect(await world.attention(key)).toBeUndefined();
    expect(world.deadLetters()).toEqual([]);
  });

  it('has all its attempts again after a redrive, and is back on the attention list when it fails again', async () => {
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

  it.each(['at-least-once', 'at-most-once'] as const)(
    'G2: is not run by a message, its own or a stale copy, which is acknowledged (%s)',
    async (execution) => {
      const { handler, runs } = often(new PermanentError('no'));
      const world = await worldOf(handler, { execution });
      const key = await world.store();
      await world.deliver(key, { messageId: 'message-1' });

      const own = await world.deliver(key, { messageId: 'message-1' });
      const stale = await world.deliver(key, { messageId: 'message-9' });

      expect([own, stale]).toEqual([{ kind: 'done' }, { kind: 'done' }]);
      expect(runs).toHaveLength(1);
      expect(await world.states(key)).toEqual(['processing', 'failed']);
    },
  );

  it('leaves the lane queue at once: it is received once, and nothing of it is in the way of others', async () => {
    const { handler } = often(new PermanentError('no'));
    const world = await worldOf(handler);
    await world.arrive();

    await world.processNext();

    expect(world.engine.attributes('lanes.fifo')).toMatchObject({
      ApproximateNumberOfMessages: '0',
      ApproximateNumberOfMessagesNotVisible: '0',
    });
    expect(world.engine.attributes('feeder.fifo')).toMatchObject({ ApproximateNumberOfMessages: '1' });
    expect(world.now()).toEqual(startedAt);
  });

  describe('whose body expires and comes again', () => {
    const again = async (options: Partial<SourceOptions>, redriveFirst = false) => {
      const { handler, runs } = failing(new Error('no'), ...(redriveFirst ? [new Error('no')] : []));
      const world = await worldOf(handler, { retry: { attempts: 1, delaysSeconds: [1] }, ...options });
      const eventId = randomUUID();
      const key = await world.arrive({ eventId });
      await world.run();
      if (redriveFirst) {
        world.redriveFromConsole();
        await world.run();
      }
      world.passSeconds(100 * 24 * 3600);
      await world.forgetBody(key);
      await world.arrive({ eventId, expiresAt: farOff });
      await world.run();
      return { world, key, runs };
    };

    it.each([
      ['had failed once', false, ['processing', 'failed', 'reopened', 'processing', 'processed']],
      [
        'had been redriven before',
        true,
        ['processing', 'failed', 'reopened', 'processing', 'failed', 'reopened', 'processing', 'processed'],
      ],
    ])(
      'G2: runs again, under the same key, as a redelivery asks for (it %s)',
      async (_, redriven, states) => {
        const { world, key, runs } = await again({}, redriven);

        expect(await world.states(key)).toEqual(states);
        expect((await world.ledger.read(key)).entries.at(-3)).toMatchObject({
          state: 'reopened',
          by: 'redelivery',
        });
        expect(new Set(runs.map(({ idempotencyKey }) => idempotencyKey)).size).toBe(1);
        expect(await world.attention(key)).toBeUndefined();
      },
    );

    it('G5: is noted, and not run, where it may run at most once', async () => {
      const { world, key, runs } = await again({ execution: 'at-most-once' });

      expect(await world.states(key)).toEqual(['processing', 'failed']);
      expect(runs).toHaveLength(1);
      const { notes } = await world.ledger.readWithNotes(key);
      expect(notes.map(({ what }) => what)).toEqual(['dead-lettered', 'late-copy']);
      expect(await world.attention(key)).toMatchObject({ reason: 'at-most-once' });
    });

    it('G3: takes the lane on again that it holds, and its followers run behind it', async () => {
      const order: string[] = [];
      let isBroken = true;
      const world = await worldOf(
        async ({ eventId }) => {
          if (eventId === 'head' && isBroken) throw new PermanentError('no');
          order.push(eventId);
        },
        { onExhausted: 'hold' },
      );
      const head = await world.arrive({ eventId: 'head' });
      await world.arrive({ eventId: 'follower', expiresAt: farOff });
      await world.run();
      world.passSeconds(100 * 24 * 3600);
      await world.forgetBody(head);
      isBroken = false;
      await world.arrive({ eventId: 'head', lane: 'acme#customer-2', expiresAt: farOff });

      await world.run();

      expect(order).toEqual(['head', 'follower']);
      expect(await world.lanes.read('acme#customer-1')).toBeUndefined();
      expect(await world.lanes.read('acme#customer-2')).toBeUndefined();
    });
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
    expect(world.deadLetters()).toMatchObject([{ deadLetter: key, entry: 2 }]);
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
    const world = await worldOf(async (event, ctx) => {
      ctx.transact([put(orders, `${event.eventId}#${ctx.attempt}`)]);
      if (ctx.attempt === 1) throw new Error('no');
    });
    const eventId = randomUUID();
    const key = await world.arrive({ eventId });

    await world.run();

    expect(await kept(orders, `${eventId}#1`)).toBeUndefined();
    expect(await kept(orders, `${eventId}#2`)).toBeDefined();
    expect((await world.ledger.newest(key))?.state).toBe('processed');
  });

  it('G5: happen with the ignored entry too', async () => {
    const world = await worldOf(async ({ eventId }, ctx) => {
      ctx.transact([put(orders, eventId)]);
      return { ignored: 'too old' };
    });
    const eventId = randomUUID();
    const key = await world.arrive({ eventId });

    await world.run();

    expect((await world.ledger.newest(key))?.state).toBe('ignored');
    expect(await kept(orders, eventId)).toBeDefined();
  });

  it('G5: that are refused make the attempt fail, and it is tried again', async () => {
    const world = await worldOf(async (_, ctx) => {
      ctx.transact([put(orders, ctx.attempt === 1 ? 'taken' : 'free', 'attribute_not_exists(pk)')]);
    });
    await database.dynamodb.send(new PutCommand({ TableName: orders, Item: { pk: 'taken', sk: 'A' } }));
    const key = await world.arrive();

    await world.run();

    const { entries } = await world.ledger.read(key);
    expect(entries.map(({ state }) => state)).toEqual(['processing', 'retrying', 'processing', 'processed']);
    expect(entries[1]).toMatchObject({
      error: { message: `item 0 of ctx.transact, Put of ${orders}: its condition failed` },
    });
    expect(await kept(orders, 'free')).toBeDefined();
  });

  it.each(['ledger', 'state'] as const)(
    "G7: on Hooklane's own %s table fail the attempt, and none of them happens",
    async (which) => {
      const world = await worldOf(
        async ({ eventId }, ctx) => {
          const own = which === 'ledger' ? world.ledgerTable : world.stateTable;
          ctx.transact([put(orders, eventId), put(own, `acme#${eventId}`)]);
        },
        { retry: { attempts: 1, delaysSeconds: [1] } },
      );
      const eventId = randomUUID();
      const key = await world.arrive({ eventId });

      await world.run();

      expect(await world.ledger.newest(key)).toMatchObject({
        state: 'failed',
        error: { name: 'TypeError', message: expect.stringContaining('own table') as string },
      });
      expect(await kept(orders, eventId)).toBeUndefined();
      expect(await kept(world.stateTable, key)).toBeUndefined();
    },
  );

  it("G7: on Hooklane's own tables are not taken, also where the handler swallows their refusal", async () => {
    const world = await worldOf(async ({ eventId }, ctx) => {
      try {
        ctx.transact([put(world.ledgerTable, `acme#${eventId}`)]);
      } catch {
        return { swallowed: true };
      }
    });
    const key = await world.arrive();

    await world.run();

    expect(await world.ledger.newest(key)).toMatchObject({ state: 'processed', result: { swallowed: true } });
    expect(await world.states(key)).toEqual(['processing', 'processed']);
  });

  it.each([
    ['a Date', new Date()],
    ['a number too large for DynamoDB', 2 ** 60],
    ['an instance of a class', new URL('https://example.com/')],
  ])('that hold %s fail the attempt with a reason, not the processor', async (_, value) => {
    const world = await worldOf(
      async (_event, ctx) => {
        ctx.transact([{ Put: { TableName: orders, Item: { pk: 'a', sk: 'A', value } } }]);
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
    const effect = randomUUID();
    const world = await worldOf(async (_event, ctx) => {
      runs++;
      ctx.transact([put(orders, effect)]);
      return { ...result };
    });
    const key = await world.arrive();

    await world.run();

    expect(runs).toBe(1);
    expect(await world.ledger.newest(key)).toMatchObject({ state: 'processed', result });
    expect(await kept(orders, effect)).toBeDefined();
  });
});

describe('an attempt that lost its lease', () => {
  it('G6: records nothing but a note; the other result stands', async () => {
    let other: (() => Promise<unknown>) | undefined;
    const world = await worldOf(async (_, ctx) => {
      ctx.transact([{ Put: { TableName: orders, Item: { pk: `BY#${ctx.attempt}`, sk: 'A' } } }]);
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
      new GetCommand({ TableName: orders, Key: { pk: 'BY#1', sk: 'A' } }),
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
  it('that is junk leaves the lane queue at once, for the dead-letter queue', async () => {
    const { handler, runs } = failing();
    const world = await worldOf(handler);
    const body = '{"event":"no hash"}';
    world.engine.send('lanes.fifo', { body, groupId: 'g', deduplicationId: 'd' });

    await world.run();

    expect(world.deadLetters()).toEqual([JSON.parse(body)]);
    expect(world.engine.attributes('lanes.fifo').ApproximateNumberOfMessages).toBe('0');
    expect(world.now()).toEqual(startedAt);
    expect(runs).toEqual([]);
  });

  it('G7: that is junk comes back, and is not lost, where it cannot be handed on', async () => {
    const world = await worldOf(failing().handler);
    world.engine.send('lanes.fifo', { body: 'junk', groupId: 'g', deduplicationId: 'd' });
    world.queue.isDown = true;

    await world.processNext();
    world.queue.isDown = false;
    world.passSeconds(60);
    await world.run();

    expect(world.engine.attributes('dead.fifo').ApproximateNumberOfMessages).toBe('1');
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
    Object.assign(world.deps.sources, { constructor: acme() });
    world.redriveFromConsole();
    await world.run();
    expect(await world.states(key)).toEqual(['processing', 'ignored']);
    expect(world.deadLetters()).toEqual([]);
  });

  it('of another group than its lane reads the lane of its event all the same', async () => {
    const { handler, runs } = failing();
    const world = await worldOf(handler, { onExhausted: 'hold' });
    const key = await world.store();
    const lane = { lane: 'acme#customer-1', waiting: 0, turn: eventKey('acme', 'another') };
    await world.lanes.commit([world.lanes.change(undefined, lane).item]);

    await world.deliver(key, { groupId: 'sent by hand' });
    await world.deliver(key, { groupId: undefined });

    expect(runs).toEqual([]);
    expect(await world.states(key)).toEqual(['waiting']);
  });
});
