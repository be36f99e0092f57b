import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { attentionKey } from '../../functions/lane/attention.ts';
import { dueAttributes } from '../../functions/lane/due.ts';
import { forgottenLetters } from '../../functions/lane/forgotten-letters.ts';
import { laneKey } from '../../functions/lane/lane-store.ts';
import {
  entrySortKey,
  eventKey,
  eventSortKey,
  letterSortKey,
  type EventKey,
} from '../../functions/ledger/keys.ts';
import { startedAt } from './world.ts';
import type { memoryDatabase } from './memory-database.ts';
import type { SweptWorld } from './sweeper-world.ts';

/** One event and its lane, about which something cannot be read. */
export interface Which {
  readonly lane: string;
  readonly bad: EventKey;
  readonly badEvent: { readonly eventId: string; readonly lane: string };
}

export function which(n: number): Which {
  const [lane, eventId] = [`acme#bad-${n}`, `bad-event-${n}`];
  return { lane, bad: eventKey('acme', eventId), badEvent: { eventId, lane } };
}

const dueNow = (lane: string) => dueAttributes(lane, startedAt);

type Item = Record<string, unknown>;
export const inLedger = (world: SweptWorld, Item: Item) =>
  world.dynamodb.send(new PutCommand({ TableName: world.ledgerTable, Item }));
export const inState = (world: SweptWorld, Item: Item) =>
  world.dynamodb.send(new PutCommand({ TableName: world.stateTable, Item }));
const change = async (world: SweptWorld & Stored, pk: string, sk: string, fields: Item) => {
  const table = world.database.model.tables.get(world.ledgerTable);
  await inLedger(world, { ...table?.get(pk, sk), ...fields });
};

export interface Stored {
  readonly database: ReturnType<typeof memoryDatabase>;
}

export interface Kind {
  readonly make: (world: SweptWorld & Stored, about: Which) => Promise<unknown>;
  /** What is on the attention list then; nothing, where it heals itself. */
  readonly asks: (about: Which) => readonly string[];
}

export const entryOf = (pk: EventKey, fields: Item): Item => ({
  ...{ number: 1, at: startedAt.toISOString(), actor: 'p', generation: 0, replay: 0, attempt: 1, nonce: 'n' },
  ...{ pk, sk: entrySortKey(1), ...fields },
});

/** One unreadable item of each kind, in both tables. */
export const kinds: Readonly<Record<string, Kind>> = {
  'an entry of a state that this version does not know': {
    make: async (world, { bad, badEvent }) => {
      await world.store(badEvent);
      await inLedger(world, entryOf(bad, { state: 'suspended' }));
    },
    asks: ({ bad }) => [bad],
  },
  'an entry without its fields': {
    make: async (world, { bad, badEvent }) => {
      await world.store(badEvent);
      await inLedger(world, { pk: bad, sk: entrySortKey(1) });
    },
    asks: ({ bad }) => [bad],
  },
  'an EVENT with fields of another type': {
    make: async (world, { bad, badEvent }) => {
      await world.store(badEvent);
      await change(world, bad, eventSortKey, { type: 7, headers: 'none' });
    },
    asks: ({ bad }) => [bad],
  },
  'a LANE with fields of another type, which is due': {
    make: (world, { lane }) =>
      inState(world, { ...laneKey(lane), lane, version: 'v', waiting: 'many', ...dueNow(lane) }),
    asks: ({ lane }) => [lane],
  },
  'a LANE with fields of another type, which an event is lost in': {
    make: async (world, { lane, badEvent }) => {
      await world.store(badEvent);
      await inState(world, { ...laneKey(lane), lane, version: 'v', waiting: 'many' });
    },
    asks: ({ lane, bad }) => [lane, bad],
  },
  'a LANE without its name, which is due': {
    make: (world, { lane }) =>
      inState(world, { ...laneKey(lane), version: 'v', waiting: 0, ...dueNow(lane) }),
    asks: ({ lane }) => [laneKey(lane).pk],
  },
  'a WAIT without its fields': {
    make: async (world, { lane, bad }) => {
      const gapUntil = startedAt.toISOString();
      await inState(world, { ...laneKey(lane), lane, version: 'v', waiting: 1, gapUntil, ...dueNow(lane) });
      await inState(world, { ...laneKey(lane), sk: 'WAIT#1', key: bad, started: 'perhaps' });
    },
    asks: ({ bad }) => [bad],
  },
  'an attention item without its fields, which is due': {
    make: (world, { lane, bad }) => inState(world, { ...attentionKey(bad), key: bad, ...dueNow(lane) }),
    asks: ({ bad }) => [bad],
  },
  'a CURSOR with fields of another type': {
    make: (world) =>
      Promise.all(
        [0, 1, 2, 3].map((shard) =>
          inState(world, { pk: 'CURSOR#acme', sk: String(shard), next: 'tomorrow' }),
        ),
      ),
    asks: () => [],
  },
  'a note about a dead letter that is no note': {
    make: async (world, { bad, badEvent }) => {
      await world.arrive({ ...badEvent, type: 'broken' });
      await world.workUntil(1);
      await inLedger(world, { pk: bad, sk: letterSortKey(2), what: 'nothing of ours' });
    },
    asks: ({ bad }) => [bad],
  },
  'a forgotten letter without its fields': {
    make: (world, { bad }) => inState(world, { pk: forgottenLetters, sk: bad, entry: 'the second' }),
    asks: ({ bad }) => [bad],
  },
};
