import type { SourceOptions } from 'hooklane';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventKey } from '../../../functions/ledger/keys.ts';
import { intercept } from '../../support/intercept.ts';
import { startTestDatabase, type TestDatabase } from '../../support/dynamodb.ts';
import { startedAt } from '../../support/world.ts';
import { startSweptWorld } from '../../support/sweeper-world.ts';

const fiveMinutes = 300;
let database: TestDatabase;
beforeAll(async () => void (database = await startTestDatabase()));
afterAll(() => database.close());

const worldOf = (options?: Partial<SourceOptions>) => startSweptWorld(database, options);

describe('what is stored and was never sent', () => {
  it.each([
    { sweepers: 1, from: 0, storedAt: 0 },
    { sweepers: 2, from: 0, storedAt: 0 },
    { sweepers: 1, from: 59.999, storedAt: 0 },
    { sweepers: 2, from: 59.999, storedAt: 0 },
    { sweepers: 1, from: 31, storedAt: 59.999 },
  ])('G8: runs once, within five minutes (%o)', async ({ sweepers, from, storedAt }) => {
    const world = await worldOf();
    world.passSeconds(storedAt);
    const key = await world.store({ eventId: 'lost' });

    await world.live(1500, { sweepers, from: storedAt > from ? from + 60 : from });

    expect(world.ids()).toEqual(['lost']);
    expect(world.runs[0]!.afterSeconds - storedAt).toBeLessThanOrEqual(fiveMinutes);
    expect(await world.states(key)).toEqual(['processing', 'processed']);
    expect(world.received()).toBe(1);
    // Where both of them see it, both send the same.
    expect(world.sent.length).toBeGreaterThanOrEqual(1);
    expect(world.sent.length).toBeLessThanOrEqual(sweepers);
    expect(await world.due()).toEqual([]);
    expect(await world.lanes.read('acme#customer-1')).toBeUndefined();
  });

  it('G8: runs within five minutes where it is its own lane, and nothing of that lane is left', async () => {
    const world = await worldOf();
    const own = eventKey('acme', 'lost');
    await world.store({ eventId: 'lost', lane: own });

    await world.live(fiveMinutes);
    const ran = world.ids();
    await world.live(900);

    expect(ran).toEqual(['lost']);
    expect(world.sent).toHaveLength(1);
    expect(await world.lanes.read(own)).toBeUndefined();
  });

  it('is sent to the stored lane, behind what that lane has in the queue', async () => {
    const world = await worldOf({ retry: { attempts: 100, delaysSeconds: [60] } });
    await world.arrive({ eventId: 'before', lane: 'acme#customer-7' });
    await world.store({ eventId: 'lost', lane: 'acme#customer-7' });
    world.shop.whenCalled = (eventId) => {
      if (eventId === 'before' && world.afterSeconds() < 600) throw new Error('not now');
    };

    await world.live(1500);

    expect(world.ids()).toEqual(['before', 'lost']);
    expect(world.sent).toMatchObject([{ event: 'acme#lost', generation: 0 }]);
  });

  it('is not sent while its minute may still be on its way to the queue', async () => {
    const world = await worldOf();
    await world.store({ eventId: 'new' });

    await world.live(179);
    const sent = world.sent.length;
    await world.live(180, { from: 180 });

    expect(sent).toBe(0);
    expect(world.sent).toHaveLength(1);
  });

  it('G8: is found together with the others of its lane that were lost, and they run in order', async () => {
    const world = await worldOf();
    for (const eventId of ['a', 'b', 'c']) {
      await world.store({ eventId });
      world.passSeconds(1);
    }

    await world.live(1200, { from: 60 });

    expect(world.runs).toEqual([
      { eventId: 'a', afterSeconds: 180 },
      { eventId: 'b', afterSeconds: 180 },
      { eventId: 'c', afterSeconds: 180 },
    ]);
    expect(world.sent).toHaveLength(3);
  });

  it('G8: is found together with those of its lane in the next minute, though that has not been looked at', async () => {
    const world = await worldOf();
    await world.store({ eventId: 'a' });
    world.passSeconds(60);
    await world.store({ eventId: 'b' });

    await world.live(1200, { from: 60 });

    expect(world.ids()).toEqual(['a', 'b']);
    expect(world.runs[1]!.afterSeconds).toBeLessThanOrEqual(60 + fiveMinutes);
    expect(world.sent).toHaveLength(2);
  });

  it('G8: is seen beside one that was accepted in the same millisecond', async () => {
    const world = await worldOf();
    for (const eventId of ['a', 'b', 'c']) await world.store({ eventId });

    await world.live(600);

    expect(world.ids().sort()).toEqual(['a', 'b', 'c']);
    expect(world.runs.every(({ afterSeconds }) => afterSeconds <= fiveMinutes)).toBe(true);
    expect(world.sent).toHaveLength(3);
  });

  it('is let go where its body expires as it is looked for', async () => {
    const world = await worldOf();
    const key = await world.store({ eventId: 'lost' });
    const dynamodb = intercept(world.dynamodb, async ({ input }, next) => {
      const found = await next();
      if (input.IndexName === 'by-time' && JSON.stringify(found).includes(key)) await world.forgetBody(key);
      return found;
    });
    world.passSeconds(240);

    await world.sweep({ dynamodb });
    await world.live(1200);

    expect(world.sent).toEqual([]);
    expect(await world.due()).toEqual([]);
    expect(await world.attentionItems()).toEqual([]);
  });

  it('is looked for an hour back by a sweeper that never ran before', async () => {
    const world = await worldOf();
    const acceptedAt = (minutesAgo: number) => new Date(startedAt.getTime() - minutesAgo * 60_000);
    await world.store({ eventId: 'an hour ago', acceptedAt: acceptedAt(60), lane: 'acme#1' });
    await world.store({ eventId: 'earlier', acceptedAt: acceptedAt(61), lane: 'acme#2' });
    const blank = intercept(world.dynamodb, async ({ name, input }, next) => {
      const isCursor = name === 'GetCommand' && JSON.stringify(input).includes('CURSOR');
      return isCursor ? {} : await next();
    });

    await world.sweep({ dynamodb: blank });
    await world.workUntil(1);

    expect(world.ids()).toEqual(['an hour ago']);
  });
});
