import { describe, expect, it } from 'vitest';
import { laneKey } from '../../../functions/lane/lane-store.ts';
import { redrive } from '../../../functions/lane/repair.ts';
import { entrySortKey } from '../../../functions/ledger/keys.ts';
import { startedAt } from '../../support/world.ts';
import { memoryDatabase } from '../../support/memory-database.ts';
import { startSweptWorld, type SweptWorld } from '../../support/sweeper-world.ts';
import { entryOf, inLedger, inState, kinds, which, type Stored } from '../../support/unreadable-items.ts';

const fiveMinutes = 300;
const about = which(1);
const { lane, bad, badEvent } = about;

async function start() {
  const database = memoryDatabase();
  return { ...(await startSweptWorld(database)), database };
}

describe.each(Object.keys(kinds))('beside %s', (name) => {
  const { make, asks } = kinds[name]!;

  it('G8: everything else is found in time, and that item is on the attention list', async () => {
    const world = await start();
    await make(world, about);
    for (let n = 0; n < 12; n++) await world.store({ eventId: `lost-${n}`, lane: `acme#customer-${n}` });
    const storedAt = world.afterSeconds();

    await world.live(3599);

    const lost = world.runs.filter(({ eventId }) => eventId.startsWith('lost'));
    expect(new Set(lost.map(({ eventId }) => eventId)).size).toBe(12);
    expect(lost).toHaveLength(12);
    expect(lost.every(({ afterSeconds }) => afterSeconds - storedAt <= fiveMinutes)).toBe(true);
    expect(world.ids()).not.toContain(badEvent.eventId);
    expect((await world.attentionItems()).map(({ sk }) => sk).sort()).toEqual([...asks(about)].sort());
  });

  it('the sweeper comes back to it, and to what stands in its way, once an hour', async () => {
    const world = await start();
    await make(world, about);
    const errors: unknown[] = [];
    const log = { ...world.deps.log, error: (_: string, fields: unknown) => void errors.push(fields) };

    for (let minutes = 0; minutes < 180; minutes++) {
      await world.sweepWith({ log });
      world.passSeconds(60);
    }

    expect(errors.length).toBeLessThanOrEqual(6);
  });
});

/** What stands in the way of a lost event, until it is mended. */
const spoilt: Readonly<Record<string, (world: SweptWorld & Stored) => Promise<() => Promise<unknown>>>> = {
  'whose lane could not be read': async (world) => {
    const item = { ...laneKey(lane), lane, version: 'v' };
    await inState(world, { ...item, waiting: 'many' });
    return () => inState(world, { ...item, waiting: 0 });
  },
  'behind one whose entry could not be read': async (world) => {
    const acceptedAt = new Date(startedAt.getTime() - 1000);
    const pk = await world.store({ eventId: 'before', lane, acceptedAt });
    await inLedger(world, entryOf(pk, { state: 'suspended' }));
    return () => inLedger(world, entryOf(pk, { state: 'processed', durationMs: 1 }));
  },
  'behind one that had its turn in a lane which could not be read': async (world) => {
    const pk = await world.store({ eventId: 'a-before', lane });
    const item = { ...laneKey(lane), lane, version: 'v' };
    await inState(world, { ...item, waiting: 'many' });
    return async () => {
      await inState(world, { ...item, waiting: 0 });
      await inLedger(world, entryOf(pk, { state: 'processed', durationMs: 1 }));
    };
  },
};

describe.each(Object.keys(spoilt))('an event that was lost, %s', (name) => {
  it('G8: runs within an hour of that being mended', async () => {
    const world = await start();
    await world.store(badEvent);
    const mend = await spoilt[name]!(world);
    await world.live(600);
    const asked = await world.attentionItems();

    await mend();
    await world.live(4260);

    expect(asked).toHaveLength(2);
    expect(world.ids()).toEqual([badEvent.eventId]);
    expect(await world.attentionItems()).toEqual([]);
  });
});

describe('an event whose entry could not be read', () => {
  it('G8: is repaired as before once it can be read', async () => {
    const world = await start();
    await world.arrive({ ...badEvent, type: 'broken' });
    await world.workUntil(1);
    world.shop.isBroken = false;
    const { at, ...rest } =
      world.database.model.tables.get(world.ledgerTable)?.get(bad, entrySortKey(2)) ?? {};
    await inLedger(world, rest);
    await world.live(600);
    await inLedger(world, { ...rest, at });
    await world.live(4260);

    const asked = await world.attentionItems();
    await redrive({ source: 'acme', eventId: badEvent.eventId, actor: 'ada', reason: 'mended' }, world.deps);
    await world.live(4320);

    expect(asked).toMatchObject([{ key: bad, reason: 'permanent-error' }]);
    expect(world.ids()).toEqual([badEvent.eventId]);
  });
});
