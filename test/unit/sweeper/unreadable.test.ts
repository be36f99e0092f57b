import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from 'vitest';
import { attentionKey } from '../../../functions/lane/attention.ts';
import { dueAttributes } from '../../../functions/lane/due.ts';
import { forgottenLetters } from '../../../functions/lane/forgotten-letters.ts';
import { laneKey } from '../../../functions/lane/lane-store.ts';
import { redrive } from '../../../functions/lane/repair.ts';
import { entrySortKey, eventSortKey, letterSortKey } from '../../../functions/ledger/keys.ts';
import { startedAt } from '../world.ts';
import { memoryDatabase } from './memory-database.ts';
import { startSweptWorld, type SweptWorld } from './sweeper-world.ts';

const fiveMinutes = 300;
const lane = 'acme#bad';
const bad = 'acme#bad-event';
const dueNow = dueAttributes(lane, startedAt);

type Item = Record<string, unknown>;
const inLedger = (world: SweptWorld, Item: Item) =>
  world.dynamodb.send(new PutCommand({ TableName: world.ledgerTable, Item }));
const inState = (world: SweptWorld, Item: Item) =>
  world.dynamodb.send(new PutCommand({ TableName: world.stateTable, Item }));
const change = async (world: SweptWorld & Stored, pk: string, sk: string, fields: Item) => {
  const table = world.database.model.tables.get(world.ledgerTable);
  await inLedger(world, { ...table?.get(pk, sk), ...fields });
};

interface Stored {
  readonly database: ReturnType<typeof memoryDatabase>;
}

interface Kind {
  readonly make: (world: SweptWorld & Stored) => Promise<unknown>;
  /** What is on the attention list then; nothing, where it heals itself. */
  readonly asks: readonly string[];
}

const badEvent = { eventId: 'bad-event', lane };
const entryOf = (fields: Item): Item => ({
  ...{ number: 1, at: startedAt.toISOString(), actor: 'p', generation: 0, replay: 0, attempt: 1, nonce: 'n' },
  ...{ pk: bad, sk: entrySortKey(1), ...fields },
});

const kinds: Readonly<Record<string, Kind>> = {
  'an entry of a state that this version does not know': {
    make: async (world) => {
      await world.store(badEvent);
      await inLedger(world, entryOf({ state: 'suspended' }));
    },
    asks: [bad],
  },
  'an entry without its fields': {
    make: async (world) => {
      await world.store(badEvent);
      await inLedger(world, { pk: bad, sk: entrySortKey(1) });
    },
    asks: [bad],
  },
  'an EVENT with fields of another type': {
    make: async (world) => {
      await world.store(badEvent);
      await change(world, bad, eventSortKey, { type: 7, headers: 'none' });
    },
    asks: [bad],
  },
  'a LANE with fields of another type, which is due': {
    make: (world) => inState(world, { ...laneKey(lane), lane, version: 'v', waiting: 'many', ...dueNow }),
    asks: [lane],
  },
  'a LANE with fields of another type, which an event is lost in': {
    make: async (world) => {
      await world.store(badEvent);
      await inState(world, { ...laneKey(lane), lane, version: 'v', waiting: 'many' });
    },
    asks: [lane, bad],
  },
  'a LANE without its name, which is due': {
    make: (world) => inState(world, { ...laneKey(lane), version: 'v', waiting: 0, ...dueNow }),
    asks: [laneKey(lane).pk],
  },
  'a WAIT without its fields': {
    make: async (world) => {
      const gapUntil = startedAt.toISOString();
      await inState(world, { ...laneKey(lane), lane, version: 'v', waiting: 1, gapUntil, ...dueNow });
      await inState(world, { ...laneKey(lane), sk: 'WAIT#1', key: bad, started: 'perhaps' });
    },
    asks: [bad],
  },
  'an attention item without its fields, which is due': {
    make: (world) => inState(world, { ...attentionKey(bad), key: bad, ...dueNow }),
    asks: [bad],
  },
  'a CURSOR with fields of another type': {
    make: (world) =>
      Promise.all(
        [0, 1, 2, 3].map((shard) =>
          inState(world, { pk: 'CURSOR#acme', sk: String(shard), next: 'tomorrow' }),
        ),
      ),
    asks: [],
  },
  'a note about a dead letter that is no note': {
    make: async (world) => {
      await world.arrive({ ...badEvent, type: 'broken' });
      await world.workUntil(1);
      await inLedger(world, { pk: bad, sk: letterSortKey(2), what: 'nothing of ours' });
    },
    asks: [bad],
  },
  'a forgotten letter without its fields': {
    make: (world) => inState(world, { pk: forgottenLetters, sk: bad, entry: 'the second' }),
    asks: [bad],
  },
};

async function start() {
  const database = memoryDatabase();
  return { ...(await startSweptWorld(database)), database };
}

describe.each(Object.keys(kinds))('beside %s', (name) => {
  const { make, asks } = kinds[name]!;

  it('G8: everything else is found in time, and that item is on the attention list', async () => {
    const world = await start();
    await make(world);
    for (let n = 0; n < 12; n++) await world.store({ eventId: `lost-${n}`, lane: `acme#customer-${n}` });
    const storedAt = world.afterSeconds();

    await world.live(3599);

    const lost = world.runs.filter(({ eventId }) => eventId.startsWith('lost'));
    expect(new Set(lost.map(({ eventId }) => eventId)).size).toBe(12);
    expect(lost).toHaveLength(12);
    expect(lost.every(({ afterSeconds }) => afterSeconds - storedAt <= fiveMinutes)).toBe(true);
    expect(world.ids()).not.toContain('bad-event');
    expect((await world.attentionItems()).map(({ sk }) => sk).sort()).toEqual([...asks].sort());
  });

  it('the sweeper comes back to it, and to what stands in its way, once an hour', async () => {
    const world = await start();
    await make(world);
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
    await inLedger(world, entryOf({ pk, state: 'suspended' }));
    return () => inLedger(world, entryOf({ pk, state: 'processed', durationMs: 1 }));
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
    expect(world.ids()).toEqual(['bad-event']);
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
    await redrive({ source: 'acme', eventId: 'bad-event', actor: 'ada', reason: 'mended' }, world.deps);
    await world.live(4320);

    expect(asked).toMatchObject([{ key: bad, reason: 'permanent-error' }]);
    expect(world.ids()).toEqual(['bad-event']);
  });
});
