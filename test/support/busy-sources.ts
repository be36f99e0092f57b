import { none, source, type Source } from 'hooklane';
import type { RememberedCursors } from '../../functions/sweeper/cursor.ts';
import { dueAttributes } from '../../functions/lane/due.ts';
import { laneKey } from '../../functions/lane/lane-store.ts';
import {
  entrySortKey,
  eventKey,
  eventSortKey,
  minuteKey,
  shardOf,
  shardsPerMinute,
  type EventKey,
} from '../../functions/ledger/keys.ts';
import { startedAt } from './world.ts';
import { memoryDatabase } from './memory-database.ts';
import { startSweptWorld, type SweeperOptions } from './sweeper-world.ts';
import { virtualCalls } from './virtual-calls.ts';

export const names = ['acme', 'bolt', 'core', 'dent'] as const;
type Name = (typeof names)[number];
export const lastSource = 'dent';
const perSecond = 200;
const lanesOfSource = 5000;

type Item = Record<string, unknown>;
const secondsAfter = (seconds: number) => new Date(startedAt.getTime() + seconds * 1000);

/** Four sources, and what the sweeper has to do with them, in virtual time. `options`: of the first one. */
export async function startBusyWorld(options: Parameters<typeof startSweptWorld>[1] = {}) {
  const database = memoryDatabase();
  const plain = (): Source => source({ verify: none(), id: 'id', lane: 'customer' });
  const sources = Object.fromEntries(names.map((name): [string, Source] => [name, plain()]));
  const acme = source({ verify: none(), id: 'id', lane: 'customer', ...options });
  const world = await startSweptWorld(database, {}, { sources: { ...sources, acme } });
  const table = (name: string) => {
    const found = database.model.tables.get(name);
    if (found === undefined) throw new Error('it is one of the two');
    return found;
  };
  const [ledger, state] = [table(world.ledgerTable), table(world.stateTable)];
  const put = (to: typeof ledger, item: Item) => {
    to.put(String(item['pk']), String(item['sk']), item, 0);
  };

  const lanes = new Map(
    names.map((name) => {
      const all = Array.from({ length: lanesOfSource }, (_, n) => `${name}#customer-${n}`);
      return [name, all.map((lane) => ({ lane, shard: shardOf(lane, shardsPerMinute) }))] as const;
    }),
  );

  /** An EVENT item as far as the sweeper reads it, and its newest entry. */
  function putEvent(fields: {
    readonly key: EventKey;
    readonly lane: string;
    readonly shard?: number;
    readonly acceptedAt: Date;
    readonly newest?: Item;
  }): void {
    const { key, lane, acceptedAt, newest, shard = shardOf(lane, shardsPerMinute) } = fields;
    const [sourceName = '', eventId = ''] = key.split('#');
    const minute = minuteKey(sourceName, acceptedAt, shard);
    const at = acceptedAt.toISOString();
    put(ledger, {
      ...{
        pk: key,
        sk: eventSortKey,
        source: sourceName,
        eventId,
        type: 'good',
        lane,
        minute,
        acceptedAt: at,
      },
      ...{
        bodySha256: '',
        bodyBytes: 0,
        headers: {},
        correlationId: 'c',
        nonce: 'n',
        body: new Uint8Array(0),
      },
      expiresAt: Math.floor(acceptedAt.getTime() / 1000) + 90 * 24 * 3600,
    });
    if (newest === undefined) return;
    const common = { actor: 'p', generation: 0, replay: 0, attempt: 1, nonce: 'n' };
    put(ledger, { pk: key, sk: entrySortKey(1), number: 1, at, ...common, ...newest });
  }

  /** A minute of good events of these sources: 200 a second each, all at rest by the time they are looked at. */
  function arriveForAMinute(minute: number, of: readonly Name[] = names, rate = perSecond): void {
    const from = startedAt.getTime() + minute * 60_000;
    for (const name of of) {
      for (let n = 0; n < rate * 60; n++) {
        const { lane, shard } = lanes.get(name)![(n * 7 + minute) % lanesOfSource]!;
        const acceptedAt = new Date(from + Math.floor((n * 1000) / rate));
        const newest = { state: 'processed', durationMs: 1 };
        putEvent({ key: eventKey(name, `${minute}-${n}`), lane, shard, acceptedAt, newest });
      }
    }
  }

  /** A lane whose turn is on an event that failed, and runs again then, with followers that are parked. */
  function delayedLane(lane: string, followers: number, untilSeconds: number): void {
    const head = eventKey('acme', `${lane}-head`);
    const nextAt = secondsAfter(untilSeconds).toISOString();
    const error = { name: 'Error', message: 'down' };
    const retrying = { state: 'retrying', parked: true, nextAt, error };
    putEvent({ key: head, lane, acceptedAt: secondsAfter(60), newest: retrying });
    const due = dueAttributes(lane, secondsAfter(untilSeconds));
    put(state, {
      ...laneKey(lane),
      lane,
      version: 'v',
      turn: head,
      waiting: followers,
      ...due,
    });
    for (let n = 0; n < followers; n++) {
      const position = String(n).padStart(20, '0');
      const key = eventKey('acme', `${lane}-${n}`);
      const waiting = { state: 'waiting', position, reason: 'the turn' };
      putEvent({ key, lane, acceptedAt: secondsAfter(60 + (n * 50) / followers), newest: waiting });
      const item = { key, type: 'good', started: false, replayed: false, position, generation: 0, tick: 0 };
      put(state, { ...laneKey(lane), sk: `WAIT#${position}`, ...item });
    }
  }

  interface Minute {
    readonly looks: number;
    readonly calls: number;
    readonly seconds: number;
  }
  const minutes: Minute[] = [];
  const remembered: RememberedCursors = new Map();

  /** One run of the sweeper, now; Lambda ends it after a minute. */
  async function sweepOnce(over: Pick<SweeperOptions, 'runSeconds'> = {}): Promise<void> {
    const services = virtualCalls(world);
    const began = world.afterSeconds();
    let looks = 0;
    await services.run(
      world.sweep({ ...services, remembered, ...over }).then(({ events, lanes: looked, attention }) => {
        looks = events + looked + attention;
      }),
    );
    minutes.push({ looks, calls: services.calls(), seconds: world.afterSeconds() - began });
  }

  /** Runs the sweeper every minute from `from` on, so many times. */
  async function sweepEveryMinute(from: number, times: number): Promise<void> {
    for (let run = 0; run < times; run++) {
      world.passSeconds(Math.max(0, from + run * 60 - world.afterSeconds()));
      await sweepOnce();
    }
  }

  /** When an event was sent first, in seconds after it was stored; undefined: never. */
  const sentAfter = (key: EventKey, storedAt: number): number | undefined => {
    const first = world.sent.find((message) => message.kind === 'lane' && message.event === key);
    return first && first.afterSeconds - storedAt;
  };

  function print(what: string): void {
    const busiest = minutes.reduce((a, b) => (b.calls > a.calls ? b : a));
    const looks = minutes.map((minute) => minute.looks).join(' ');
    process.stdout.write(
      `${what}: looks a minute ${looks}; most calls in a minute ${busiest.calls}, in ${busiest.seconds.toFixed(1)} s\n`,
    );
  }

  return {
    ...world,
    database,
    ledgerItems: ledger,
    stateItems: state,
    put,
    putEvent,
    arriveForAMinute,
    delayedLane,
    sweepEveryMinute,
    sweepOnce,
    sentAfter,
    minutes,
    print,
  };
}

export type BusyWorld = Awaited<ReturnType<typeof startBusyWorld>>;
