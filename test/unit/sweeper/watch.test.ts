import { describe, expect, it } from 'vitest';
import { startedAt } from '../../support/world.ts';
import { memoryDatabase } from '../../support/memory-database.ts';
import { startSweptWorld } from '../../support/sweeper-world.ts';

const fiveMinutes = 300;
const lane = 'acme#customer-1';
const after = (seconds: number) => new Date(startedAt.getTime() + seconds * 1000);

describe('a lane that is watched', () => {
  it('G8: has more events of one millisecond lost than one look takes: all run, in time', async () => {
    const world = await startSweptWorld(memoryDatabase());
    for (let n = 0; n < 250; n++) await world.store({ eventId: `lost-${n}` });

    await world.live(fiveMinutes);

    expect(new Set(world.ids()).size).toBe(250);
    expect(world.sent).toHaveLength(250);
  });

  it('G8: goes on behind more events of one millisecond than one look takes', async () => {
    const world = await startSweptWorld(memoryDatabase(), { retry: { attempts: 100, delaysSeconds: [60] } });
    world.shop.whenCalled = (eventId) => {
      if (eventId === 'slow' && world.afterSeconds() < 900) throw new Error('not now');
    };
    await world.arrive({ eventId: 'slow' });
    for (let n = 0; n < 250; n++) await world.arrive({ eventId: `sound-${n}` });
    await world.live(1800);

    expect(world.ids()).toHaveLength(251);
    expect(await world.due()).toEqual([]);
  });

  it('G8: has lost ones of one millisecond, between which another has begun: each is sent in time', async () => {
    const world = await startSweptWorld(memoryDatabase(), { retry: { attempts: 100, delaysSeconds: [60] } });
    world.shop.whenCalled = (eventId) => {
      if (eventId === 'b-slow' && world.afterSeconds() < 300) throw new Error('not now');
    };
    await world.store({ eventId: 'a-lost' });
    await world.arrive({ eventId: 'b-slow' });
    await world.store({ eventId: 'c-lost' });
    await world.live(300 + fiveMinutes);

    expect(world.ids()).toEqual(['b-slow', 'a-lost', 'c-lost']);
  });

  it('G8: has lost ones of the millisecond of the one that has the turn, which waits: all are sent in time', async () => {
    const world = await startSweptWorld(memoryDatabase(), {
      retry: { attempts: 100, delaysSeconds: [7200] },
    });
    world.shop.whenCalled = (eventId) => {
      if (eventId === 'b-slow' && world.afterSeconds() < 300) throw new Error('not now');
    };
    const keys: string[] = [];
    for (const eventId of ['a-1', 'a-2', 'c-1', 'c-2']) keys.push(await world.store({ eventId }));
    await world.arrive({ eventId: 'b-slow' });
    await world.live(fiveMinutes);

    expect(world.sent).toMatchObject(keys.map((event) => ({ event })));
    await world.live(3000);
    expect(world.sent).toMatchObject(keys.map((event) => ({ event })));
  });

  it('G8: has more events a minute than one look takes: a lost one is found in time', async () => {
    const world = await startSweptWorld(memoryDatabase(), { retry: { attempts: 100, delaysSeconds: [60] } });
    world.shop.whenCalled = (eventId) => {
      if (eventId === 'slow' && world.afterSeconds() < 400) throw new Error('not now');
    };
    await world.arrive({ eventId: 'slow' });
    const lostAt = 20 * 60;
    for (let at = 0; at < lostAt; at += 60) {
      for (let n = 0; n < 200; n++)
        await world.arrive({ eventId: `${at}-${n}`, acceptedAt: after(at + n / 4) });
      await world.live(at);
    }
    world.passSeconds(60);
    await world.store({ eventId: 'lost' });
    await world.live(lostAt + fiveMinutes);

    expect(world.ids()).toContain('lost');
  }, 600_000);
});

describe('a lane that each event moves on', () => {
  it('G8: has a lost message sent in time, counted from when nothing stands before it', async () => {
    const slowUntil = 400;
    const options = { order: { version: 'v' }, retry: { attempts: 100, delaysSeconds: [60] } } as const;
    const world = await startSweptWorld(memoryDatabase(), options);
    world.shop.whenCalled = (eventId) => {
      if (eventId === 'slow' && world.afterSeconds() < slowUntil) throw new Error('not now');
    };
    const arrive = (eventId: string, version: number) =>
      world.arrive({ eventId, acceptedAt: world.now(), order: { version: String(version) } });
    await arrive('slow', 0);
    const lost = await world.store({ eventId: 'lost', acceptedAt: after(1), order: { version: '1' } });
    for (let n = 2; n <= 30; n++) {
      await world.live(n * 60);
      await arrive(`event-${n}`, n);
    }

    const sent = world.sent.find((one) => one.kind === 'lane' && one.event === lost);
    expect(sent?.afterSeconds).toBeLessThanOrEqual(slowUntil + 60 + fiveMinutes);
  });
});

describe('what is left in the ledger of a lane', () => {
  it('is not taken for an event of its own once the bodies have expired', async () => {
    const world = await startSweptWorld(memoryDatabase());
    const key = await world.arrive({ eventId: 'head' });
    const lost = await world.store({ eventId: 'lost' });
    world.engine.purgeQueue('lanes.fifo');
    world.passSeconds(240);
    await world.sweep();
    world.engine.purgeQueue('lanes.fifo');
    const before = world.sent.length;
    await world.forgetBody(key);
    await world.forgetBody(lost);

    await world.live(7200);

    expect(await world.lanes.read(lane)).toBeUndefined();
    expect(world.sent.slice(before)).toEqual([]);
    expect(await world.attentionItems()).toEqual([]);
  });
});
