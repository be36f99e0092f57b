import { forward, none, PermanentError, source, type Handler, type SourceOptions } from 'hooklane';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { redrive, replay } from '../../../functions/lane/repair.ts';
import { matterKey } from '../../../functions/lane/attention.ts';
import { eventKey, type EventKey } from '../../../functions/ledger/keys.ts';
import type { SubscriberOptions } from '../../../functions/sources/source.ts';
import { withSubscribers } from '../../../functions/sources/subscribers.ts';
import { startTestDatabase, type TestDatabase } from '../../support/dynamodb.ts';
import { startSweptWorld } from '../../support/sweeper-world.ts';

let database: TestDatabase;
beforeAll(async () => void (database = await startTestDatabase()));
afterAll(() => database.close());

type Names = 'ledger' | 'crm';
type Runs = Record<string, string[]>;

async function startShop(
  options: Partial<Record<Names, SubscriberOptions>> = {},
  behaves: Partial<Record<string, Handler>> = {},
  more: Parameters<typeof startSweptWorld>[2] = {},
  ofSource: Partial<SourceOptions> = {},
) {
  const ran: Runs = { ledger: [], crm: [] };
  const keys: string[] = [];
  const handlerOf =
    (name: string): Handler =>
    async (event, ctx) => {
      const result = await behaves[name]?.(event, ctx);
      ran[name]?.push(event.eventId);
      keys.push(ctx.idempotencyKey);
      return result ?? { source: event.source, lane: event.lane, headers: event.headers, body: event.body };
    };
  const acme = source({ verify: none(), id: 'id', lane: 'customer', ...ofSource });
  const subscribers = { acme: { ledger: options.ledger ?? {}, crm: options.crm ?? {} } };
  const world = await startSweptWorld(
    database,
    {},
    {
      sources: withSubscribers({ sources: { acme }, subscribers }),
      handlers: { 'acme/*': { ledger: handlerOf('ledger'), crm: handlerOf('crm') } },
      ...more,
    },
  );
  const body = (id: string) => new TextEncoder().encode(JSON.stringify({ id }));
  const arrive = (eventId: string) => world.arrive({ eventId, raw: body(eventId) });
  const of = (name: Names, eventId: string): EventKey => eventKey(`acme.${name}`, eventId);
  return { world, ran, keys, arrive, of };
}

const who = { actor: 'ada', reason: 'the shop is repaired' };
const ids = (count: number) => Array.from({ length: count }, (_, n) => `e${n}`);

describe('an event of a source with subscribers', () => {
  it('is handed on to each of them in the order of its lane, under a key and an idempotency key of its own', async () => {
    const { world, ran, keys, arrive, of } = await startShop();
    for (const id of ids(5)) await arrive(id);

    await world.run();

    expect(ran).toEqual({ ledger: ids(5), crm: ids(5) });
    expect(new Set(keys).size).toBe(10);
    expect(await world.ledger.newest('acme#e0')).toMatchObject({
      state: 'processed',
      result: { subscribers: ['ledger', 'crm'] },
    });
    expect(await world.ledger.newest(of('crm', 'e0'))).toMatchObject({
      state: 'processed',
      result: {
        source: 'acme',
        lane: 'acme#customer-1',
        headers: { 'content-type': 'application/json' },
        body: { id: 'e0' },
      },
    });
    const { event } = await world.ledger.read(of('crm', 'e0'));
    expect(event).toMatchObject({ lane: 'acme.crm#customer-1', bodyOf: 'acme#e0' });
    expect(event?.body).toBeUndefined();
  });

  it('is held for the one that fails, and for no other; repaired, its lane goes on in order', async () => {
    let isBroken = true;
    const { world, ran, arrive, of } = await startShop(
      { ledger: { onExhausted: 'hold' } },
      {
        ledger: async () => {
          if (isBroken) throw new PermanentError('the ledger is closed');
        },
      },
    );
    for (const id of ids(4)) await arrive(id);

    await world.run();
    const before = { ...ran, ledger: [...(ran['ledger'] ?? [])] };
    isBroken = false;
    const redriven = await redrive({ source: 'acme.ledger', eventId: 'e0', ...who }, world.deps);
    await world.run();

    expect(before).toEqual({ ledger: [], crm: ids(4) });
    expect(redriven).toMatchObject({ kind: 'done' });
    expect(ran['ledger']).toEqual(ids(4));
    expect(await world.states(of('ledger', 'e1'))).toEqual(['waiting', 'processing', 'processed']);
  });

  it('is ignored by one whose `when` leaves it out, and fails at once for one whose `when` throws or answers no yes or no', async () => {
    const when = ({ eventId }: { eventId: string }) => {
      if (eventId === 'e1') throw new Error('no such field');
      return eventId === 'e2' ? ('yes' as unknown as boolean) : eventId !== 'e0';
    };
    const { world, ran, arrive, of } = await startShop({ crm: { when } });
    for (const id of ids(4)) await arrive(id);

    await world.run();

    const failed = { state: 'failed', cause: 'permanent-error', attempt: 1 };
    expect(ran).toEqual({ ledger: ids(4), crm: ['e3'] });
    expect(await world.ledger.newest(of('crm', 'e0'))).toMatchObject({
      state: 'ignored',
      reason: '`when` leaves it out',
    });
    expect(await world.ledger.newest(of('crm', 'e1'))).toMatchObject({
      ...failed,
      error: { name: 'PermanentError', message: '`when` threw: no such field' },
    });
    expect(await world.ledger.newest(of('crm', 'e2'))).toMatchObject({
      ...failed,
      error: { message: '`when` must return true or false' },
    });
    expect(await world.attention(of('crm', 'e1'))).toMatchObject({ reason: 'permanent-error' });
  });

  it('that the `when` of its source leaves out is handed on to none, and one whose `when` throws fails before that', async () => {
    const asked: string[] = [];
    const when = ({ eventId }: { eventId: string }) => {
      asked.push(eventId);
      if (eventId === 'e1') throw new Error('no such field');
      return eventId !== 'e0';
    };
    const { world, ran, arrive, of } = await startShop({}, {}, {}, { when });
    for (const id of ids(3)) await arrive(id);

    await world.run();

    expect(ran).toEqual({ ledger: ['e2'], crm: ['e2'] });
    expect(asked).toEqual(ids(3));
    expect(await world.ledger.newest('acme#e0')).toMatchObject({
      state: 'ignored',
      reason: '`when` leaves it out',
    });
    expect(await world.ledger.newest('acme#e1')).toMatchObject({
      state: 'failed',
      error: { message: '`when` threw: no such field' },
    });
    expect((await world.ledger.read(of('crm', 'e0'))).event).toBeUndefined();
  });

  it('fails for one whose `reshape` throws, is on the attention list with the reason, and runs for the other', async () => {
    const reshape = () => {
      throw new Error('no such field');
    };
    const { world, ran, arrive, of } = await startShop(
      {},
      { crm: forward('http://127.0.0.1:1/', { reshape }) },
    );
    await arrive('e0');

    await world.run();

    const failed = { state: 'failed', cause: 'permanent-error', attempt: 1 };
    expect(ran).toEqual({ ledger: ['e0'], crm: [] });
    expect(await world.ledger.newest(of('crm', 'e0'))).toMatchObject({
      ...failed,
      error: { name: 'PermanentError', message: '`reshape` threw: no such field' },
    });
    expect(await world.attention(of('crm', 'e0'))).toMatchObject({ reason: 'permanent-error' });
  });

  it('that is replayed is replayed for each, once, whatever the number of tries', async () => {
    const { world, ran, arrive, of } = await startShop();
    await arrive('e0');
    await world.run();
    await replay({ source: 'acme', eventId: 'e0', ...who }, world.deps);

    world.queue.isDown = true;
    await world.processNext().catch(() => undefined);
    world.queue.isDown = false;
    await world.run();

    expect(ran).toEqual({ ledger: ['e0', 'e0'], crm: ['e0', 'e0'] });
    expect((await world.ledger.newest(of('crm', 'e0')))?.replay).toBe(1);
  });

  it('is handed on when the queue is there again, with all that came behind it in order, however long that takes', async () => {
    const { world, ran, arrive } = await startShop();
    for (const id of ids(3)) await arrive(id);
    world.queue.isDown = true;
    for (let tries = 0; tries < 20; tries++) {
      await world.processNext();
      world.passSeconds(61);
    }
    world.queue.isDown = false;

    await world.run();

    expect(ran).toEqual({ ledger: ids(3), crm: ids(3) });
    expect((await world.ledger.newest('acme#e0'))?.state).toBe('processed');
  });

  it('whose own order cannot be read goes to its subscriber unordered', async () => {
    const { world, ran, arrive, of } = await startShop({ crm: { order: { sequence: 'n' } } });
    await arrive('e0');

    await world.run();

    expect(ran['crm']).toEqual(['e0']);
    expect((await world.ledger.read(of('crm', 'e0'))).event).toMatchObject({ lacks: ['order.sequence'] });
  });
});

describe('a subscriber that ends', () => {
  it('gets no new events, and runs what it has', async () => {
    const { world, ran, arrive, of } = await startShop({ crm: { ending: 'finish' } });
    await arrive('e0');
    await world.run();

    expect(ran).toEqual({ ledger: ['e0'], crm: [] });
    expect((await world.ledger.read(of('crm', 'e0'))).event).toBeUndefined();
  });

  it('gives up what it has, as asked', async () => {
    const first = await startShop();
    await first.arrive('e0');
    await first.world.processNext();
    const acme = source({ verify: none(), id: 'id', lane: 'customer' });
    const subscribers = { acme: { ledger: {}, crm: { ending: 'discard' } } } as const;
    Object.assign(first.world.deps, { sources: withSubscribers({ sources: { acme }, subscribers }) });

    await first.world.run();

    expect(first.ran).toEqual({ ledger: ['e0'], crm: [] });
    expect(await first.world.ledger.newest(first.of('crm', 'e0'))).toMatchObject({
      state: 'ignored',
      reason: 'its subscriber is given up',
    });
  });
});

describe('a subscriber that is renamed while it has events', () => {
  it('loses none: it is on the attention list, and they run once it is named again, in their order', async () => {
    const { world, ran, arrive } = await startShop();
    for (const id of ids(3)) await arrive(id);
    // The three that came, and none of what is handed on.
    for (let taken = 0; taken < 3; taken++) await world.processNext();
    const before = world.deps.sources;
    const deploy = (sources: typeof before) => {
      for (const deps of [world.deps, world.letterDeps]) Object.assign(deps, { sources });
    };
    const acme = source({ verify: none(), id: 'id', lane: 'customer' });
    const renamed = withSubscribers({ sources: { acme }, subscribers: { acme: { ledger: {}, sales: {} } } });
    deploy(renamed);
    await world.live(300);
    const asked = await world.attention(matterKey('acme.crm', 'not-configured'));
    const whileAway = [...(ran['crm'] ?? [])];

    deploy(before);
    await world.live(world.afterSeconds() + 900);

    expect(asked).toMatchObject({ source: 'acme.crm', reason: 'not-configured' });
    expect(whileAway).toEqual([]);
    expect(ran).toEqual({ ledger: ids(3), crm: ids(3) });
    world.passSeconds(3600);
    await world.sweep();
    expect(await world.attention(matterKey('acme.crm', 'not-configured'))).toBeUndefined();
  });
});
